package dev.lamella.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
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
  private static final int CHAINS = 12;
  private static final int STEPS = 1000;

  /** Floating-point operations of one {@link #fma}. */
  static final double FMA_FLOPS = 2.0 * CHAINS * STEPS * SPECIES.length();

  /** KiB that each thread reads again and again. */
  @Param({"24", "512", "8192", "262144"})
  public int kib;

  private MemorySegment block = MemorySegment.NULL;

  /** Writes the block once, so that its pages exist. */
  @Setup
  public void allocate() {
    block = Arena.ofAuto().allocate(kib * 1024L, 64);
    block.fill((byte) 0);
  }

  /** Twelve independent chains of multiply-adds that never leave the registers. */
  @Benchmark
  public float fma() {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = y, b = y, c = y, d = y, e = y, f = y;
    FloatVector g = y, h = y, i = y, j = y, k = y, l = y;
    for (int n = 0; n < STEPS; n++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  /** Adds up the whole block. */
  @Benchmark
  public float read() {
    long stride = SPECIES.vectorByteSize();
    FloatVector a = FloatVector.zero(SPECIES), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (long at = 0; at < block.byteSize(); at += 8 * stride) {
      a = a.add(load(at));
      b = b.add(load(at + stride));
      c = c.add(load(at + 2 * stride));
      d = d.add(load(at + 3 * stride));
      e = e.add(load(at + 4 * stride));
      f = f.add(load(at + 5 * stride));
      g = g.add(load(at + 6 * stride));
      h = h.add(load(at + 7 * stride));
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
  }

  private FloatVector load(long at) {
    return FloatVector.fromMemorySegment(SPECIES, block, at, ByteOrder.nativeOrder());
  }
}
