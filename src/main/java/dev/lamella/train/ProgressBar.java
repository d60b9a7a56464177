package dev.lamella.train;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A {@link Callback} that shows how a training goes: a line for each epoch with a bar, the loss,
 * the metrics, the rows a second and the time left.
 *
 * <p>On a terminal the line is redrawn in place ten times a second and stays when its epoch is
 * over; where epochs are shorter than half a second, the next one draws over it. Elsewhere, in a
 * log file say, there is no bar, and one plain line a second at most. The last epoch's line is
 * always shown.
 */
public final class ProgressBar implements Callback {

  private static final int CELLS = 20;
  private static final long SECOND = 1_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier clock; // nanoseconds
  private final char full;
  private final char empty;
  private long start;
  private long epochStart;
  private long drawn; // when a line was last drawn
  private long kept; // when a line was last left to stay
  private int width; // characters on the terminal's line, to be drawn over

  ProgressBar(PrintStream out, boolean terminal, LongSupplier clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    boolean lines = out.charset().newEncoder().canEncode("━╌");
    this.full = lines ? '━' : '=';
    this.empty = lines ? '╌' : '-';
  }

  /**
   * Returns a progress bar on standard output.
   *
   * @return one that redraws in place if standard output is a terminal
   */
  @SuppressWarnings("SystemConsoleNull") // null where the console is java.base's and no terminal
  public static ProgressBar console() {
    Console console = System.console();
    return to(System.out, console != null && console.isTerminal());
  }

  /**
   * Returns a progress bar on a stream.
   *
   * @param out where to write; where its charset has no line characters, = and - are drawn
   * @param terminal whether to redraw in place
   * @return the progress bar
   */
  public static ProgressBar to(PrintStream out, boolean terminal) {
    return new ProgressBar(out, terminal, System::nanoTime);
  }

  @Override
  public void started(Training training) {
    start = clock.getAsLong();
    epochStart = start;
    drawn = start;
    kept = start;
    width = 0;
  }

  @Override
  public void stepped(Training training) {
    long now = clock.getAsLong();
    if (now - drawn < (terminal ? SECOND / 10 : SECOND)) {
      return;
    }
    drawn = now;
    double share = (double) training.rowsDone() / training.rows();
    StringBuilder line = head(training, share);
    value(line, "loss", training.loss());
    speed(line, training.rowsDone(), (now - epochStart) / (double) SECOND);
    left(line, training, share, now);
    draw(line, !terminal);
  }

  @Override
  public void epochEnded(Training training, Epoch epoch) {
    long now = clock.getAsLong();
    epochStart = now;
    boolean last = training.epochsLeft() == 0;
    boolean stays = last || now - kept >= (terminal ? SECOND / 2 : SECOND);
    if (!stays && (!terminal || now - drawn < SECOND / 10)) {
      return;
    }
    drawn = now;
    StringBuilder line = head(training, 1);
    value(line, "loss", epoch.loss());
    epoch.training().metrics().forEach((name, value) -> value(line, name, value));
    epoch
        .validation()
        .ifPresent(validation -> {
          value(line, "val_loss", validation.loss());
          for (Map.Entry<String, Double> each : validation.metrics().entrySet()) {
            value(line, "val_" + each.getKey(), each.getValue());
          }
        });
    speed(line, epoch.training().rows(), epoch.seconds());
    left(line, training, 1, now);
    draw(line, stays);
  }

  @Override
  public void ended(Training training) {
    if (width > 0) { // stopped in a way that left a line half drawn
      out.println();
      out.flush();
      width = 0;
    }
  }

  private StringBuilder head(Training training, double share) {
    String last = Integer.toString(training.lastEpoch());
    String epoch = Integer.toString(training.epoch());
    StringBuilder line = new StringBuilder("epoch ");
    line.repeat(' ', last.length() - epoch.length()).append(epoch).append('/').append(last);
    int percent = (int) (share * 100);
    if (terminal) {
      int cells = (int) (share * CELLS);
      line.append(' ').repeat(full, cells).repeat(empty, CELLS - cells);
    }
    String digits = Integer.toString(percent);
    return line.append(' ').repeat(' ', 3 - digits.length()).append(digits).append(" %");
  }

  private static void value(StringBuilder line, String name, double value) {
    line.append("  ").append(name).append(' ').append(Texts.number(value));
  }

  private static void speed(StringBuilder line, long rows, double seconds) {
    line.append("  ").append(Texts.speed(rows / Math.max(seconds, 1e-9))).append(" rows/s");
  }

  private void left(StringBuilder line, Training training, double share, long now) {
    double seconds = (now - start) / (double) SECOND;
    int completed = training.epoch() - training.firstEpoch();
    double done = completed + share;
    double all = training.lastEpoch() - training.firstEpoch() + 1;
    if (share == 1 && training.epochsLeft() == 0) {
      line.append("  in ").append(Texts.time(seconds));
    } else {
      line.append("  ").append(Texts.time(seconds / done * (all - done))).append(" left");
    }
  }

  private void draw(StringBuilder line, boolean stays) {
    if (!terminal) {
      kept = drawn;
      out.println(line);
    } else {
      int length = line.length();
      line.repeat(' ', Math.max(0, width - length));
      out.print("\r" + line);
      width = stays ? 0 : length;
      if (stays) {
        kept = drawn;
        out.println();
      }
    }
    out.flush();
  }
}
