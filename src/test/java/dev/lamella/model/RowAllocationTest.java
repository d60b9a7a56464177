package dev.lamella.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lamella.data.Feature;
import dev.lamella.data.RowEncoder;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.net.Network;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asking about a raw row allocates nothing once it is compiled. */
@Tag("kernels")
class RowAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long WARM_UP_NANOS = 20_000_000_000L;

  private static final Schema SCHEMA =
      Schema.ofColumns(
          List.of(
              new Feature.Numeric("age", 40, 10),
              new Feature.Numeric("income", 30_000, 12_345.6),
              new Feature.Numeric("rooms", 3, 1.5),
              new Feature.Numeric("text", 3, 1.5),
              new Feature.Categorical("color", List.of("blue", "green", "red")),
              new Feature.Categorical("zip", List.of("1010", "8001", "99")),
              new Feature.Categorical("member", List.of("false", "true"))),
          0,
          Target.labels("class", List.of("a", "b", "c")));

  record Person(
      double age, float income, int rooms, String text, String color, long zip, boolean member) {}

  private static final Person[] PEOPLE = {
    new Person(41, 25_000, 3, "12.5", "red", 8001, true),
    new Person(23.5, 51_000, 1, "7", "blue", 99, false),
  };

  @Test
  void recordsAndColumnsAllocateNothing() {
    Network network = Network.builder(SCHEMA.inputs()).layers("16:relu,3").build(1);
    Model model = new Model(network, SCHEMA, Map.of("loss", "cross_entropy_with_logits"));
    try (RowPredictor predictor = model.rowPredictor()) {
      RowEncoder row = predictor.row();
      Answer answer = predictor.newAnswer();
      double[] sum = new double[1];
      assertAllocatesNothing(
          "a record",
          () -> {
            for (Person person : PEOPLE) {
              row.set(person);
              predictor.predict(answer);
              sum[0] += answer.probability() + answer.className().length();
            }
          });
      assertAllocatesNothing(
          "columns",
          () -> {
            for (Person person : PEOPLE) {
              row.set(0, person.age).set(1, person.income).set(2, person.rooms);
              row.set(3, person.text).set(4, person.color).set(5, person.zip);
              row.set(6, person.member);
              predictor.predict(answer);
              sum[0] += answer.probability("b") + answer.label();
            }
          });
      assertTrue(sum[0] > 0);
    }
  }

  private static void assertAllocatesNothing(String what, Runnable call) {
    assertTrue(THREADS.isThreadAllocatedMemoryEnabled(), "this JVM cannot measure allocation");
    long thread = Thread.currentThread().threadId();
    long bytes = -1;
    long start = System.nanoTime();
    while (bytes != 0 && System.nanoTime() - start < WARM_UP_NANOS) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 2_000; i++) {
        call.run();
      }
      bytes = THREADS.getThreadAllocatedBytes(thread) - before;
    }
    assertEquals(0, bytes, what + " allocates");
  }
}
