package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.WIDE;

/** The products of a dense layer with the Vector API. */
final class MatMulVector extends MatMul {

  private static final int L = Lanes.COUNT;

  @Override
  public void forward(Rows x, int from, int rows, Panels w, Epilogue epilogue, Rows y) {
    ProductVector p = Scratch.ofThread().product;
    int k = w.inputs();
    p.a = x.array;
    p.aStep = x.stride;
    p.columns = false;
    p.b = w.memory();
    p.panelBytes = (long) k * Panels.WIDTH * Float.BYTES;
    p.width = Panels.WIDTH;
    p.c = y.array;
    p.cStep = y.stride;
    p.add = false;
    p.finish(epilogue);
    int xo = x.at(from);
    int yo = y.at(from);
    int wide = w.wide();
    int done = rows == 1 ? oneRow(p, xo, w, yo) : 0;
    if (done < wide) {
      int unit = done * Panels.WIDTH;
      p.panels(xo, rows, k, w.start(done) * Float.BYTES, wide - done, unit, yo + unit);
    }
    if (w.count() > wide) {
      int unit = wide * Panels.WIDTH;
      long start = w.start(wide) * Float.BYTES;
      if (rows == 1) {
        for (int column = 0; column < Panels.NARROW; column += L) {
          NarrowRowVector.panel(p, xo, k, start, unit, column, yo + unit);
        }
      } else {
        p.chains(xo, rows, k, start, unit, yo + unit);
      }
    }
    p.release();
  }

  /**
   * One row: as many panels at a time as make eight vectors, then four. Returns the panels done.
   */
  private static int oneRow(ProductVector p, int xo, Panels w, int yo) {
    int panel = 0;
    for (int vectors = 8; vectors >= 4; vectors /= 2) {
      int group = vectors * L / Panels.WIDTH; // panels that make so many vectors
      if (group == 0 || panel + group > w.wide()) {
        continue;
      }
      Tile tile = Tiles.of(1, vectors, false, WIDE, false, p.epilogue);
      for (; panel + group <= w.wide(); panel += group) {
        int unit = panel * Panels.WIDTH;
        long start = w.start(panel) * Float.BYTES;
        tile.run(p, xo, start, p.biasAt(unit), yo + unit, w.inputs());
      }
    }
    return panel;
  }

  @Override
  public void gradient(
      Rows x, Panels dy, int inputs, int fromInput, int toInput, float[] g, int gOffset) {
    ProductVector p = Scratch.ofThread().product;
    p.a = x.array;
    p.aStep = x.stride;
    p.columns = true;
    p.b = dy.memory();
    p.c = g;
    p.add = false;
    p.finish(Epilogue.NONE);
    for (int panel = 0; panel < dy.count(); panel++) {
      int width = dy.width(panel);
      int gp = gOffset + panel * Panels.WIDTH * inputs + fromInput * width;
      p.width = width;
      p.cStep = width;
      long start = dy.start(panel) * Float.BYTES;
      p.panels(x.at(0) + fromInput, toInput - fromInput, dy.inputs(), start, 1, 0, gp);
    }
    p.release();
  }
}
