package dev.lamella.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A benchmark of work that peers can do too. The peer's result is compared with ours, and ours with
 * plain arithmetic in double, before anything is timed; a fork times one peer only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xms2g",
      "-Xmx6g"
    })
@Warmup(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class PeerBenchmark {

  /** Who does the work. */
  @Param({Peers.LAMELLA})
  public String peer = "";

  /** How many threads the peer may use. */
  @Param({"1"})
  public int threads;

  /** What the benchmark's method runs. */
  @SuppressWarnings("NullAway.Init") // by setUp
  Work task;

  private String about = "";

  /** Returns the work's name, as the table shows it. */
  abstract String work();

  /** Returns what one run amounts to. */
  abstract Cost cost();

  /** Returns the work, ready to run, as a peer does it. */
  abstract Work prepare(Peer library);

  /** Whether {@link #verify} can tell. */
  boolean verifies() {
    return false;
  }

  /** Fails unless a result is that of plain arithmetic in double, at least a sample of it. */
  void verify(String what, float[] result) {}

  /** Fails unless a peer does the same work as we do. */
  void compare(String what, Work ours, Work theirs) {
    ours.run();
    theirs.run();
    Numbers.requireSame(what, "ours", ours.result(), theirs.result());
  }

  /** Prepares the work and checks its result. */
  @Setup
  public final void setUp() {
    Peer library = Peers.open(peer, threads);
    about = library.about();
    task = prepare(library);
    check();
    if (Pace.isQuick()) {
      Pace.settle(task, peer);
    }
  }

  /** Fails unless the peer's result is right; the work may have run once then. */
  void check() {
    String what = peer + " in " + work();
    // Ours takes a second or more to start in a peer's JVM: a quick look does without, and leaves
    // it to the others to check the largest trainings.
    if (Peers.isOurs(peer) || (Pace.isQuick() && verifies())) {
      task.run();
      verify(what, task.result());
    } else if (!Pace.isQuick() || cost().flops() < Pace.LONG_FLOPS) {
      try (Work ours = prepare(Peers.open(Peers.LAMELLA, 1))) {
        compare(what, ours, task);
      }
    }
  }

  /** Whether the work runs once, in a JVM that has not run it before. */
  boolean cold() {
    return false;
  }

  /**
   * Counts what a run of ours allocates, now that it is compiled, and frees what the work holds.
   */
  @TearDown
  public final void tearDown() {
    if (Report.wanted()) {
      boolean count = Peers.isOurs(peer) && !cold();
      new Report(count ? Allocation.perRun(task) : Double.NaN, about).write();
    }
    task.close();
  }
}
