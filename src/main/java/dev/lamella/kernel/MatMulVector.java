package dev.lamella.kernel;

import static dev.lamella.kernel.TileShape.Store.WIDE;

import dev.lamella.machine.Lanes;

/** The products of a dense layer with the Vector API. */
final class MatMulVector extends MatMul {

  private static final int L = Lanes.COUNT;

  private static final float[] NOTHING = {};

  @Override
  public void forward(Rows x, int from, int rows, Panels w, Epilogue epilogue, Rows y) {
    int k = w.inputs();
    if (rows >= OneUnitVector.ROWS && oneUnit(x, from, rows, w, epilogue, y)) {
      return;
    }
    ProductVector p = Scratch.ofThread().product;
    p.aStep = x.stride;
    p.columns = false;
    p.panelsOf(w);
    p.cStep = y.stride;
    p.add = false;
    p.finish(epilogue);
    int xo = x.at(from);
    int yo = y.at(from);
    int wide = w.wide();
    int done = rows == 1 ? oneRow(p, x.array, xo, w, y.array, yo) : 0;
    if (done < wide) {
      p.unit = done * Panels.WIDTH;
      long start = w.start(done) * Float.BYTES;
      p.panels(x.array, xo, y.array, yo + p.unit, rows, k, start, wide - done);
    }
    if (w.count() > wide) {
      p.unit = wide * Panels.WIDTH;
      long start = w.start(wide) * Float.BYTES;
      if (rows != 1) {
        p.chains(x.array, xo, y.array, yo + p.unit, rows, k, start);
        return;
      }
      for (int column = 0; column < Panels.NARROW; column += NarrowRowVector.COLUMNS) {
        p.column(p.unit + column);
        long b = start + (long) column * Float.BYTES;
        NarrowRowVector.columns(p, x.array, xo, k, b, y.array, yo + p.unit + column);
      }
    }
  }

  /** Returns whether the layer, or the way back through it, has one unit and is done. */
  private static boolean oneUnit(Rows x, int from, int rows, Panels w, Epilogue epilogue, Rows y) {
    int k = w.inputs();
    if (k == 1 && w.wide() == w.count() && epilogue.isNone()) {
      OneUnitVector.outer(x, from, rows, w, y);
      return true;
    }
    return w.units() == 1
        && OneUnitVector.forward(x, from, rows, w, Scratch.ofThread().floats(k), epilogue, y);
  }

  /**
   * One row: as many panels at a time as make eight vectors, then four. Returns the panels done.
   */
  private static int oneRow(ProductVector p, float[] x, int xo, Panels w, float[] y, int yo) {
    int panel = 0;
    for (int vectors = 8; vectors >= 4; vectors /= 2) {
      int group = vectors * L / Panels.WIDTH; // panels that make so many vectors
      if (group == 0 || panel + group > w.wide()) {
        continue;
      }
      Tile tile = Tiles.of(p, 1, vectors, WIDE, false);
      for (; panel + group <= w.wide(); panel += group) {
        int unit = panel * Panels.WIDTH;
        p.column(unit);
        tile.run(p, x, xo, NOTHING, w.start(panel) * Float.BYTES, y, yo + unit, w.inputs());
      }
    }
    return panel;
  }

  @Override
  public void across(Across layer, int rows, float[] x, float[] y) {
    int wide = layer.wide();
    across(layer, 0, wide, false, rows, x, y);
    across(layer, wide, layer.units(), true, rows, x, y);
  }

  /** Units [from, to), dealt evenly to tiles. */
  private static void across(
      Across layer, int from, int to, boolean fourChains, int rows, float[] x, float[] y) {
    for (int unit = from, units; unit < to; unit += units) {
      units = Tiles.deal(to - unit, Tiles.mostAcross(layer, fourChains));
      Tiles.across(layer, units, fourChains).run(layer, unit, rows, x, y);
    }
  }

  @Override
  public void sideBySide(float[] in, int offset, int rows, int columns, float[] out) {
    int done = few(columns) ? Tiles.turn(columns).in(in, offset, rows, out) : 0;
    Across.in(in, offset, done, rows, columns, out);
  }

  @Override
  public void oneByOne(float[] in, int rows, int columns, float[] out, int offset, int stride) {
    boolean few = few(columns) && stride == columns;
    int done = few ? Tiles.turn(columns).out(in, rows, out, offset) : 0;
    Across.out(in, done, rows, columns, out, offset, stride);
  }

  private static boolean few(int columns) {
    return columns >= 2 && columns <= Turn.MOST;
  }

  @Override
  public void gradient(
      Rows x, Panels dy, int inputs, int fromInput, int toInput, float[] g, int gOffset) {
    int some = toInput - fromInput;
    if (dy.units() == 1 && OneUnitVector.gradientOf(dy.inputs(), some)) {
      float[] d = Scratch.ofThread().floats(dy.inputs());
      int to = gOffset + fromInput * Panels.NARROW;
      if (OneUnitVector.gradient(x.array, x.at(0) + fromInput, x.stride, dy, some, d, g, to)) {
        return;
      }
    }
    ProductVector p = Scratch.ofThread().product;
    p.aStep = x.stride;
    p.columns = true;
    p.panelsOf(dy);
    p.unit = 0;
    p.add = false;
    p.finish(Epilogue.NONE);
    int xo = x.at(0) + fromInput;
    for (int panel = 0; panel < dy.count(); panel++) {
      int width = dy.width(panel);
      int gp = gOffset + panel * Panels.WIDTH * inputs + fromInput * width;
      p.width = width;
      p.cStep = width;
      long start = dy.start(panel) * Float.BYTES;
      p.panels(x.array, xo, g, gp, toInput - fromInput, dy.inputs(), start, 1);
    }
  }

  /** Where all deltas are copied for each call, more inputs share the copy. */
  @Override
  public int gradientInputs() {
    return Tiles.STRIPS ? 256 : 64;
  }
}
