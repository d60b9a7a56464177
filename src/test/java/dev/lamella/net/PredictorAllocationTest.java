package dev.lamella.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lamella.parallel.Workers;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predicting allocates nothing once it is compiled. */
@Tag("kernels")
class PredictorAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The kernels' vectors are objects until the last compiler has come to them. */
  private static final long WARM_UP_NANOS = 10_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "4, 16:relu,3:softmax",
    "40, 64:gelu,33:tanh,16:sigmoid",
    "100, 256:relu,128",
  })
  void aPredictionAllocatesNothing(int inputs, String words) {
    Network network = Network.builder(inputs).layers(words).build(1);
    int rows = 100;
    float[] in = new float[rows * inputs];
    float[] out = new float[rows * network.outputs()];
    try (Predictor predictor = network.predictor();
        Workers workers = Workers.of(2);
        Predictor shared = network.predictor(workers)) {
      assertAllocatesNothing("one row", 2_000, () -> predictor.predict(in, 0, out, 0));
      assertAllocatesNothing("a batch", 200, () -> predictor.predict(in, 0, rows, out, 0));
      assertAllocatesNothing("a shared batch", 200, () -> shared.predict(in, 0, rows, out, 0));
    }
  }

  /** Warms up until a round allocates nothing; fails if that never comes. */
  private static void assertAllocatesNothing(String what, int calls, Runnable call) {
    assertTrue(THREADS.isThreadAllocatedMemoryEnabled(), "this JVM cannot measure allocation");
    long thread = Thread.currentThread().threadId();
    long bytes = -1;
    long start = System.nanoTime();
    while (bytes != 0 && System.nanoTime() - start < WARM_UP_NANOS) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      bytes = THREADS.getThreadAllocatedBytes(thread) - before;
    }
    assertEquals(0, bytes, what + " allocates");
  }

  /** A predictor for one answer costs what one row needs; batches bring their own scratch. */
  @Test
  void aNewPredictorCostsWhatItsFirstBatchNeeds() {
    Network network = Network.builder(784).layers("128:relu,10:softmax").build(1);
    float[] in = new float[256 * 784];
    float[] out = new float[256 * 10];
    assertAllocatesAtMost(4_096, () -> network.predictor().predict(in, 0, out, 0));
    assertAllocatesAtMost(16_384, () -> network.predictor().predict(in, 0, 8, out, 0));
    try (Predictor grown = network.predictor()) {
      for (int rows = 1; rows <= 256; rows++) {
        grown.predict(in, 0, rows, out, 0);
      }
      assertAllocatesNothing("a batch", 50, () -> grown.predict(in, 0, 256, out, 0));
    }
  }

  private static void assertAllocatesAtMost(long most, Runnable call) {
    long thread = Thread.currentThread().threadId();
    long bytes = Long.MAX_VALUE;
    long start = System.nanoTime();
    while (bytes > most && System.nanoTime() - start < WARM_UP_NANOS) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      call.run();
      bytes = THREADS.getThreadAllocatedBytes(thread) - before;
    }
    assertTrue(bytes <= most, bytes + " bytes, but " + most + " are enough");
  }
}
