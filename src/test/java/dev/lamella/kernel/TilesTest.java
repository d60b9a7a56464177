package dev.lamella.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.kernel.TileShape.Store;
import dev.lamella.machine.Lanes;
import dev.lamella.machine.Memory;
import java.lang.foreign.MemorySegment;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

/**
 * The contract of {@link Tile}: every shape that a product may ask {@link Tiles} for has the bits
 * of plain loops, reads nothing past its operands, and leaves what stands around its part of c.
 */
@Tag("kernels")
class TilesTest {

  @Example
  void tilesOfOneVector() {
    tallShapes(1);
  }

  @Example
  void tilesOfTwoVectors() {
    tallShapes(2);
  }

  private static void tallShapes(int vectors) {
    if (noVectors()) {
      return;
    }
    for (Store store : Store.values()) {
      boolean onHeap = store == Store.STRIP || store == Store.ROWS;
      if (store == Store.NARROW && vectors * Shapes.lanes() > Panels.NARROW) {
        continue; // wider than the panel
      }
      for (int rows = 1; rows <= Shapes.tall(onHeap); rows++) {
        for (int bits = 0; bits < 8; bits++) {
          boolean columns = (bits & 1) != 0;
          int every = (bits & 2) != 0 ? 4 : 1;
          boolean epilogue = (bits & 4) != 0;
          Shapes.check(new TileShape(rows, vectors, columns, store, every, epilogue));
        }
      }
    }
  }

  /** One row takes up to eight vectors: of several panels, or of rows on the heap. */
  @Example
  void tilesOfOneRow() {
    if (noVectors()) {
      return;
    }
    for (int vectors = 4; vectors <= 8; vectors *= 2) {
      int width = vectors * Shapes.lanes();
      for (Store store : Store.values()) {
        boolean fits =
            switch (store) {
              case WIDE -> width % Panels.WIDTH == 0;
              case NARROW -> width <= Panels.NARROW;
              case STRIP, ROWS -> true;
            };
        for (int bits = 0; bits < 4 && fits; bits++) {
          boolean columns = (bits & 1) != 0;
          boolean epilogue = (bits & 2) != 0;
          Shapes.check(new TileShape(1, vectors, columns, store, 1, epilogue));
        }
      }
    }
  }

  /** Where nothing has vectors there are no tiles, and then the reference must be what computes. */
  private static boolean noVectors() {
    Kernels active = Kernels.active();
    if (active.vector()) {
      return false;
    }
    assertEquals(Kernels.scalar().gemm().getClass(), active.gemm().getClass());
    assertEquals(Kernels.scalar().matMul().getClass(), active.matMul().getClass());
    assertEquals(1, active.lanes());
    return true;
  }

  /** What links vector classes, and so must not be loaded without them. */
  private static final class Shapes {

    private static final int[] DEPTHS = {0, 1, 2, 7, 33};

    static int lanes() {
      return Lanes.COUNT;
    }

    static int tall(boolean onHeap) {
      return onHeap ? Tiles.TALL : Tiles.TALL_OFF_HEAP;
    }

    static void check(TileShape shape) {
      for (int k : DEPTHS) {
        check(shape, k, false);
        check(shape, k, true);
      }
    }

    private static void check(TileShape s, int k, boolean add) {
      Case it = new Case(s, k, add);
      ProductVector p = it.product();
      p.columns = s.columns();
      p.epilogue = s.epilogue();
      p.add = add;
      Tile tile = Tiles.of(p, s.rows(), s.vectors(), s.store(), s.every() == 4);
      float[] actual = it.c.clone();
      tile.run(p, it.a, it.ao, it.heap, it.bo, actual, it.co, k);
      assertArrayEquals(
          it.expected(), actual, () -> s + ", " + k + " terms" + (add ? ", added" : ""));
    }
  }

  /** The operands of one tile, and what it must make of them. */
  private static final class Case {

    private final TileShape shape;
    private final int k;
    private final boolean add;
    private final int width;

    /** The terms that a holds, of which a chain may take every fourth. */
    private final int terms;

    final float[] a;
    final int ao;
    private final int aStep;

    /** b as rows (terms, width). */
    private final float[] b;

    final float[] heap;
    private final int heapStep;
    private final Panels panels;
    final long bo;

    final float[] c;
    final int co = 5;
    private final int cStep;

    private final Epilogue epilogue;
    private final int unit;

    Case(TileShape shape, int k, boolean add) {
      this.shape = shape;
      this.k = k;
      this.add = add;
      int rows = shape.rows();
      long seed = (rows * 16L + shape.vectors()) * 8 + shape.store().number;
      seed = (seed * 4 + shape.every()) * 64 + k;
      this.width = shape.vectors() * Shapes.lanes();
      this.terms = k == 0 ? 0 : (k - 1) * shape.every() + 1;
      // One case in three has values that are hard to add.
      int oneIn = Math.floorMod(seed, 3) == 0 ? 30 : 1 << 20;
      this.aStep = shape.columns() ? rows + 2 : terms + 3;
      this.ao = 3;
      int end = shape.columns() ? (terms - 1) * aStep + rows : (rows - 1) * aStep + terms;
      this.a = Floats.hostile(seed, ao + Math.max(0, end), oneIn);
      this.b = Floats.hostile(seed + 1, terms * width, oneIn);
      this.cStep = width + 3;
      this.c = Floats.hostile(seed + 2, co + rows * cStep, oneIn);
      boolean strip = shape.store() == Store.STRIP;
      this.heapStep = strip ? width : width + 7;
      boolean onHeap = strip || shape.store() == Store.ROWS;
      if (onHeap) {
        this.bo = 2;
        this.heap = new float[2 + Math.max(0, (terms - 1) * heapStep + width)];
        this.panels = Panels.zeros(1, 1);
        for (int p = 0; p < terms; p++) {
          System.arraycopy(b, p * width, heap, 2 + p * heapStep, width);
        }
      } else {
        // The last columns of the last of two panels, or of a narrow panel behind one.
        boolean wide = shape.store() == Store.WIDE;
        int panelWidth = wide ? Panels.WIDTH : Panels.NARROW;
        int count = Math.max(1, width / panelWidth);
        int units = wide ? Panels.WIDTH * (count + 1) : Panels.WIDTH + Panels.NARROW;
        int first = units - width;
        this.heap = new float[0];
        this.panels = Panels.zeros(terms, units);
        for (int p = 0; p < terms; p++) {
          for (int j = 0; j < width; j++) {
            Memory.set(panels.memory(), panels.index(p, first + j), b[p * width + j]);
          }
        }
        this.bo = panels.index(0, first) * Float.BYTES;
      }
      this.unit = 3;
      this.epilogue = epilogue(seed);
    }

    /** With a bias, with a lower bound, with both. */
    private Epilogue epilogue(long seed) {
      int which = shape.epilogue() ? 1 + Math.floorMod((int) (seed / 3), 3) : 0;
      float bound = (which & 2) != 0 ? 0f : Float.NEGATIVE_INFINITY;
      if ((which & 1) == 0) {
        return new Epilogue(null, 0, bound);
      }
      float[] values = Floats.random(seed + 3, 16 + unit + width);
      MemorySegment bias = Numbers.offHeap(values);
      return new Epilogue(bias, 16, bound);
    }

    /** What the tiles of a product share, set as a product would. */
    ProductVector product() {
      ProductVector p = new ProductVector();
      p.aStep = aStep;
      p.columns = shape.columns();
      p.panelsOf(panels);
      p.width = shape.store() == Store.NARROW ? Panels.NARROW : Panels.WIDTH;
      p.heapStep = heapStep;
      p.cStep = cStep;
      p.add = add;
      p.finish(epilogue);
      p.column(unit);
      return p;
    }

    float[] expected() {
      float[] result = c.clone();
      MemorySegment bias = epilogue.bias();
      for (int r = 0; r < shape.rows(); r++) {
        for (int j = 0; j < width; j++) {
          int at = co + r * cStep + j;
          // A chain of several is added to those before it; one chain goes on.
          float sum = add && shape.every() == 1 ? c[at] : 0f;
          for (int p = 0; p < k; p++) {
            int term = p * shape.every();
            float x = a[shape.columns() ? ao + term * aStep + r : ao + r * aStep + term];
            sum = Math.fma(x, b[term * width + j], sum);
          }
          sum = add && shape.every() > 1 ? c[at] + sum : sum;
          if (shape.epilogue()) {
            sum = bias == null ? sum : sum + Memory.get(bias, epilogue.offset() + unit + j);
            sum = Math.max(sum, epilogue.lowerBound());
          }
          result[at] = sum;
        }
      }
      return result;
    }
  }
}
