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

  /** Returns the work's name, as the table shows it. */
  abstract String work();

  /** Returns what one run amounts to. */
  abstract Cost cost();

  /** Returns the work, ready to run, as a peer does it. */
  abstract Work prepare(Peer library);

  /** Fails unless our own result, just computed, is right. */
  void verify(float[] ours) {}

  /** Fails unless a peer does the same work as we do. */
  void compare(String what, Work ours, Work theirs) {
    ours.run();
    theirs.run();
    Numbers.requireSame(what, ours.result(), theirs.result());
  }

  /** Prepares the work and checks its result. */
  @Setup
  public final void setUp() {
    task = prepare(Peers.open(peer, threads));
    check();
  }

  /** Fails unless the peer's result is right; the work may have run once then. */
  void check() {
    if (Peers.isOurs(peer)) {
      task.run();
      verify(task.result());
    } else {
      try (Work ours = prepare(Peers.open(Peers.LAMELLA, 1))) {
        compare(peer + " in " + work(), ours, task);
      }
    }
  }

  /** Frees what the work holds. */
  @TearDown
  public final void tearDown() {
    task.close();
  }
}
