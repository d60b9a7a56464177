package dev.lamella.jmh;

/**
 * What one run of a piece of work amounts to.
 *
 * @param unit what the table shows
 * @param items how many of the unit's things one run does: operations, rows, elements
 * @param flops floating-point operations that cannot be avoided
 * @param bytes bytes that must be read or written, wherever they live
 */
public record Cost(Unit unit, double items, double flops, double bytes) {

  /** How a time is shown. */
  public enum Unit {
    /** Billions of floating-point operations a second. */
    GFLOPS("GFLOP/s", true),
    /** Rows a second. */
    ROWS("rows/s", true),
    /** Microseconds a run. */
    MICROSECONDS("us", false),
    /** Nanoseconds an element. */
    NANOSECONDS_EACH("ns/element", false),
    /** Seconds a run. */
    SECONDS("s", false);

    /** How the unit is written. */
    public final String text;

    /** Whether more is better. */
    public final boolean more;

    Unit(String text, boolean more) {
      this.text = text;
      this.more = more;
    }
  }

  /** Converts the time of one run, in nanoseconds, to the unit. */
  public double value(double nanos) {
    return switch (unit) {
      case GFLOPS -> items / nanos;
      case ROWS -> items / nanos * 1e9;
      case MICROSECONDS -> nanos / 1e3;
      case NANOSECONDS_EACH -> nanos / items;
      case SECONDS -> nanos / 1e9;
    };
  }
}
