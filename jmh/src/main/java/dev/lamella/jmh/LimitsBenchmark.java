package dev.lamella.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the machine itself can do: multiply-adds in registers, and reading from each cache and the
 * memory. Each JMH thread does all of it, so run it with as many as the others may use ({@code
 * -t}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class LimitsBenchmark {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int VECTOR = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final Class<?> NATIVE = Arena.global().allocate(4).getClass();
  private static final int CHAINS = 12;
  private static final int STEPS = 1000;

  /** Floating-point operations of one {@link #fma}: as wide as the vectors of this JVM. */
  private static final double FMA_FLOPS = 2.0 * CHAINS * STEPS * SPECIES.length();

  /** KiB that each thread reads again and again. */
  @Param({"24", "512", "4096", "16384", "262144"})
  public int kib;

  /** Not a constant, or the compiler would make it anew in each step. */
  private float start = 1e-9f;

  private MemorySegment block = MemorySegment.NULL;

  /**
   * Measures everything in this JVM, whose flags decide how wide vectors are.
   *
   * @param args threads, and whether short rounds will do
   */
  public static void main(String[] args) throws RunnerException {
    System.out.println("lanes 0 " + SPECIES.length());
    int threads = Integer.parseInt(args[0]);
    boolean quick = Boolean.parseBoolean(args[1]);
    // What comes first of each method waits until it is compiled; fma reads nothing.
    print("fma", 24, FMA_FLOPS, jmh(threads, quick).warmupIterations(8));
    print("read", 24, 24 * 1024.0, jmh(threads, quick).warmupIterations(8));
    for (int kib : new int[] {512, 4096, 16_384, 262_144}) {
      print("read", kib, kib * 1024.0, jmh(threads, quick).warmupIterations(2));
    }
  }

  private static ChainedOptionsBuilder jmh(int threads, boolean quick) {
    TimeValue time = TimeValue.milliseconds(quick ? 80 : 200);
    return new OptionsBuilder()
        .forks(0)
        .threads(threads)
        .warmupTime(time)
        .measurementTime(time)
        .measurementIterations(quick ? 3 : 5)
        .verbosity(VerboseMode.SILENT);
  }

  /** Prints the best iteration: a limit is what can be done. */
  private static void print(String method, int kib, double each, ChainedOptionsBuilder jmh)
      throws RunnerException {
    String name = LimitsBenchmark.class.getName() + "." + method;
    jmh.include("^" + name.replace(".", "\\.") + "$").param("kib", Integer.toString(kib));
    double best = new Runner(jmh.build()).runSingle().getPrimaryResult().getStatistics().getMax();
    System.out.printf(Locale.ROOT, "%s %d %f%n", method, kib, best * each);
  }

  /** Writes the block once, so that its pages exist. */
  @Setup
  public void allocate() {
    block = Arena.ofAuto().allocate(kib * 1024L, 64);
    block.fill((byte) 0);
  }

  /** Twelve independent chains of multiply-adds that never leave the registers. */
  @Benchmark
  public float fma() {
    FloatVector x = FloatVector.broadcast(SPECIES, start + 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, start + 0.001f);
    FloatVector a = FloatVector.broadcast(SPECIES, start + 1f);
    FloatVector b = FloatVector.broadcast(SPECIES, start + 2f);
    FloatVector c = FloatVector.broadcast(SPECIES, start + 3f);
    FloatVector d = FloatVector.broadcast(SPECIES, start + 4f);
    FloatVector e = FloatVector.broadcast(SPECIES, start + 5f);
    FloatVector f = FloatVector.broadcast(SPECIES, start + 6f);
    FloatVector g = FloatVector.broadcast(SPECIES, start + 7f);
    FloatVector h = FloatVector.broadcast(SPECIES, start + 8f);
    FloatVector i = FloatVector.broadcast(SPECIES, start + 9f);
    FloatVector j = FloatVector.broadcast(SPECIES, start + 10f);
    FloatVector k = FloatVector.broadcast(SPECIES, start + 11f);
    FloatVector l = FloatVector.broadcast(SPECIES, start + 12f);
    for (int n = 0; n < STEPS; n++) {
      a = x.fma(y, a);
      b = x.fma(y, b);
      c = x.fma(y, c);
      d = x.fma(y, d);
      e = x.fma(y, e);
      f = x.fma(y, f);
      g = x.fma(y, g);
      h = x.fma(y, h);
      i = x.fma(y, i);
      j = x.fma(y, j);
      k = x.fma(y, k);
      l = x.fma(y, l);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  /** Adds up the whole block. */
  @Benchmark
  public float read() {
    return sum(block, (int) block.byteSize());
  }

  /** The compiler must know the segment's class and an int counter, or it checks every load. */
  private static float sum(MemorySegment block, int bytes) {
    if (block.getClass() != NATIVE) {
      throw new IllegalArgumentException("The block must be off the heap.");
    }
    FloatVector a = FloatVector.zero(SPECIES), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (int at = 0; at < bytes; at += 8 * VECTOR) {
      a = a.add(FloatVector.fromMemorySegment(SPECIES, block, at, ORDER));
      b = b.add(FloatVector.fromMemorySegment(SPECIES, block, at + VECTOR, ORDER));
      c = c.add(FloatVector.fromMemorySegment(SPECIES, block, at + 2 * VECTOR, ORDER));
      d = d.add(FloatVector.fromMemorySegment(SPECIES, block, at + 3 * VECTOR, ORDER));
      e = e.add(FloatVector.fromMemorySegment(SPECIES, block, at + 4 * VECTOR, ORDER));
      f = f.add(FloatVector.fromMemorySegment(SPECIES, block, at + 5 * VECTOR, ORDER));
      g = g.add(FloatVector.fromMemorySegment(SPECIES, block, at + 6 * VECTOR, ORDER));
      h = h.add(FloatVector.fromMemorySegment(SPECIES, block, at + 7 * VECTOR, ORDER));
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
  }
}
