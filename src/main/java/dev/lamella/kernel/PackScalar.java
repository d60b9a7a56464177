package dev.lamella.kernel;

import dev.lamella.machine.Memory;

/** The reference: one float after the other. */
final class PackScalar extends Pack {

  @Override
  public void rows(float[] source, int offset, int stride, int fromRow, int toRow, Panels into) {
    for (int panel = 0; panel < into.count(); panel++) {
      int first = panel * Panels.WIDTH;
      int width = into.width(panel);
      for (int k = fromRow; k < toRow; k++) {
        int from = offset + k * stride + first;
        long to = into.start(panel) + (long) k * width;
        for (int u = 0; u < width; u++) {
          Memory.set(into.memory(), to + u, first + u < into.units() ? source[from + u] : 0f);
        }
      }
    }
  }

  @Override
  public void columns(float[] source, int offset, int stride, Panels into) {
    for (int panel = 0; panel < into.count(); panel++) {
      columns(source, offset, stride, into, panel, 0, 0, into.inputs());
    }
  }

  /** Columns of one panel from {@code fromColumn}, for some inputs. */
  void columns(
      float[] source,
      int offset,
      int stride,
      Panels into,
      int panel,
      int fromColumn,
      int fromInput,
      int toInput) {
    int width = into.width(panel);
    for (int u = fromColumn; u < width; u++) {
      int unit = panel * Panels.WIDTH + u;
      long to = into.start(panel) + u;
      for (int k = fromInput; k < toInput; k++) {
        Memory.set(
            into.memory(),
            to + (long) k * width,
            unit < into.units() ? source[offset + unit * stride + k] : 0f);
      }
    }
  }

  @Override
  public void transpose(Panels from, Panels into, int fromPanel, int toPanel) {
    for (int panel = fromPanel; panel < toPanel; panel++) {
      transpose(from, into, panel, 0, 0, into.inputs());
    }
  }

  /** Columns of one panel of the transpose from {@code fromColumn}, for some of its rows. */
  void transpose(Panels from, Panels into, int panel, int fromColumn, int fromRow, int toRow) {
    int width = into.width(panel);
    for (int row = fromRow; row < toRow; row++) {
      long to = into.start(panel) + (long) row * width;
      for (int u = fromColumn; u < width; u++) {
        int unit = panel * Panels.WIDTH + u;
        Memory.set(
            into.memory(),
            to + u,
            unit < into.units() ? Memory.get(from.memory(), from.index(unit, row)) : 0f);
      }
    }
  }
}
