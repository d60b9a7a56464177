package dev.lamella.kernel;

import dev.lamella.kernel.TileShape.Store;
import dev.lamella.machine.Clones;
import dev.lamella.machine.Lanes;
import java.lang.invoke.MethodHandles;

/**
 * The register tiles of this process: which shapes its registers hold, and a copy of {@link
 * TileVector} for each that was asked for.
 *
 * <p>The table says, per register file, how tall a tile of one and of two vectors is. Sixteen sums
 * hide the latency of a fused multiply-add and leave room in 32 registers; sixteen registers hold
 * ten sums, two vectors of b and one broadcast element.
 */
final class Tiles {

  private static final int L = Lanes.COUNT;

  /** The rows of the tallest tile of two vectors: the table. */
  private enum Registers {
    /** AVX2: sixteen. */
    SIXTEEN(5, 4, true),
    /** AVX-512, and Neon: thirty-two. */
    THIRTY_TWO(8, 8, false);

    final int tall;
    final int tallOffHeap;
    final boolean strips;

    Registers(int tall, int tallOffHeap, boolean strips) {
      this.tall = tall;
      this.tallOffHeap = tallOffHeap;
      this.strips = strips;
    }
  }

  private static final Registers REGISTERS =
      L == 16 || System.getProperty("os.arch", "").equals("aarch64")
          ? Registers.THIRTY_TWO
          : Registers.SIXTEEN;

  /**
   * Whether many rows go against strips of b that were copied to the heap. A loop over memory off
   * the heap has range checks in long, which the compiler splits into two loops; around them it
   * moves sums out of registers where these are few, and the tile runs at half its speed.
   */
  static final boolean STRIPS = REGISTERS.strips;

  /** The rows of the tallest tile whose b stands on the heap. */
  static final int TALL = REGISTERS.tall;

  /** The rows of the tallest tile whose b stands off the heap. */
  static final int TALL_OFF_HEAP = REGISTERS.tallOffHeap;

  /** The rows whose dot products are in flight together: eight vectors of virtual lanes. */
  static final int DOT_ROWS = 8 * L / Sums.LANES;

  private static final int STORES = Store.values().length;

  /** The copies by number of their shape. Two threads may make the same one: no harm. */
  private static final Tile[] COPIES = new Tile[9 * 4 * STORES * 2 * 2 * 2];

  private static final AcrossTile[] ACROSS = new AcrossTile[(AcrossTile.FEW + 1) * 16 * 2 * 2];
  private static final Turn[] TURNS = new Turn[Turn.MOST + 1];
  private static final Dots[] DOTS = new Dots[DOT_ROWS + 1];

  private Tiles() {}

  /**
   * Returns the tile of a shape, whose code is made when it is first asked for.
   *
   * @param p says how a stands and whether something follows the sums
   */
  static Tile of(ProductVector p, int rows, int vectors, Store store, boolean everyFourth) {
    int number = rows * 4 + Integer.numberOfTrailingZeros(vectors);
    number = number * STORES + store.number;
    number = number * 2 + (everyFourth ? 1 : 0);
    number = number * 2 + (p.columns ? 1 : 0);
    number = number * 2 + (p.epilogue ? 1 : 0);
    Tile tile = COPIES[number];
    if (tile == null) {
      int every = everyFourth ? 4 : 1;
      TileShape shape = new TileShape(rows, vectors, p.columns, store, every, p.epilogue);
      tile = Clones.of(MethodHandles.lookup(), Tile.class, TileVector.class, shape);
      COPIES[number] = tile;
    }
    return tile;
  }

  /** Returns the most units of an {@link AcrossTile} for a layer. */
  static int mostAcross(Across layer, boolean fourChains) {
    return few(layer) > 0 ? L == 16 ? 4 : 2 : fourChains ? 3 : 12;
  }

  /** The inputs of a layer where these are few, or 0. */
  private static int few(Across layer) {
    return layer.inputs() <= AcrossTile.FEW ? layer.inputs() : 0;
  }

  /** Returns the code for so many units of a tiny layer. */
  static AcrossTile across(Across layer, int units, boolean fourChains) {
    boolean rectified = layer.lowerBound() == 0;
    int few = few(layer);
    int number = ((few * 16 + units) * 2 + (fourChains ? 1 : 0)) * 2 + (rectified ? 1 : 0);
    AcrossTile copy = ACROSS[number];
    if (copy == null) {
      Class<? extends AcrossTile> template = few > 0 ? AcrossFewVector.class : AcrossVector.class;
      AcrossTile.Shape shape = new AcrossTile.Shape(units, fourChains ? 4 : 1, few, rectified);
      copy = Clones.of(MethodHandles.lookup(), AcrossTile.class, template, shape);
      ACROSS[number] = copy;
    }
    return copy;
  }

  /** Returns the code that turns rows of so many columns. */
  static Turn turn(int columns) {
    Turn copy = TURNS[columns];
    if (copy == null) {
      copy = Clones.of(MethodHandles.lookup(), Turn.class, TurnVector.class, columns);
      TURNS[columns] = copy;
    }
    return copy;
  }

  /** Returns the code for the dot products of so many rows. */
  static Dots dots(int rows) {
    Dots copy = DOTS[rows];
    if (copy == null) {
      copy = Clones.of(MethodHandles.lookup(), Dots.class, DotsVector.class, rows);
      DOTS[rows] = copy;
    }
    return copy;
  }

  /** Returns the code that transposes blocks from the heap, or from off it. */
  static Transpose transpose(boolean heap) {
    return heap ? Transposes.FROM_HEAP : Transposes.OFF_HEAP;
  }

  /** Made when first asked for. */
  private static final class Transposes {
    static final Transpose FROM_HEAP =
        Clones.of(MethodHandles.lookup(), Transpose.class, TransposeVector.class, true);
    static final Transpose OFF_HEAP =
        Clones.of(MethodHandles.lookup(), Transpose.class, TransposeVector.class, false);
  }

  /** Where the fold of some rows leaves the sum of row r: its lowest bit is the highest lane's. */
  static int sumOf(int row) {
    return Integer.reverse(row) >>> Integer.numberOfLeadingZeros(L - 1);
  }

  /**
   * Returns the rows of the next tile, where so many are left: all tiles get nearly the same, as a
   * short one takes as long as a tall one.
   */
  static int deal(int left, int most) {
    if (left <= most) {
      return left;
    }
    int tiles = (left + most - 1) / most;
    return (left + tiles - 1) / tiles;
  }

  /** Where part {@code t} of {@code parts} starts, when they share {@code n} evenly. */
  static int cut(int n, int t, int parts) {
    return (int) ((long) n * t / parts);
  }
}
