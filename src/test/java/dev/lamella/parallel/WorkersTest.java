package dev.lamella.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyPartRunsOnceAndIsSeen(int threads) {
    try (Workers workers = Workers.of(threads)) {
      int[] plain = new int[64]; // no volatile: run itself must publish what the parts wrote
      for (int round = 1; round <= 2_000; round++) {
        int parts = round % 65;
        int now = round;
        AtomicInteger runs = new AtomicInteger();
        workers.run(
            part -> {
              plain[part] = now;
              runs.incrementAndGet();
            },
            parts);
        assertEquals(parts, runs.get());
        for (int part = 0; part < parts; part++) {
          assertEquals(now, plain[part]);
        }
      }
    }
  }

  @Test
  void helpersThatParkComeBack() throws InterruptedException {
    try (Workers workers = Workers.of(3, Duration.ZERO)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(8);
      for (int round = 0; round < 50; round++) {
        workers.run(part -> runs.incrementAndGet(part), 8);
        Thread.sleep(1); // longer than any spin
      }
      for (int part = 0; part < 8; part++) {
        assertEquals(50, runs.get(part));
      }
    }
  }

  @Test
  void severalThreadsShareTheParts() {
    try (Workers workers = Workers.of(2)) {
      CountDownLatch both = new CountDownLatch(2);
      workers.run(
          part -> {
            both.countDown();
            try { // one thread alone would wait here for ever
              assertTrue(both.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          },
          2);
    }
  }

  @Test
  void nothingRunsWhereNothingTrains() throws InterruptedException {
    ConcurrentHashMap<Thread, Boolean> seen = new ConcurrentHashMap<>();
    Workers workers = Workers.of(3);
    for (int round = 0; round < 100; round++) {
      workers.run(part -> seen.put(Thread.currentThread(), true), 16);
    }
    workers.close();
    for (Thread thread : seen.keySet()) {
      if (thread != Thread.currentThread()) {
        assertTrue(thread.isDaemon());
        thread.join(10_000);
        assertFalse(thread.isAlive());
      }
    }
    workers.run(part -> seen.put(Thread.currentThread(), true), 16); // and it works again
    workers.close();
  }

  @Test
  void anExceptionReachesTheCallerAndTheGroupLivesOn() {
    try (Workers workers = Workers.of(3)) {
      IllegalStateException thrown = new IllegalStateException("part 5");
      AtomicInteger runs = new AtomicInteger();
      IllegalStateException caught =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      part -> {
                        runs.incrementAndGet();
                        if (part == 5) {
                          throw thrown;
                        }
                      },
                      20));
      assertSame(thrown, caught);
      assertEquals(20, runs.get());
      workers.run(part -> runs.incrementAndGet(), 20);
      assertEquals(40, runs.get());
    }
  }

  @Test
  void twoCallersAtOnceAreTold() {
    try (Workers workers = Workers.of(2)) {
      assertThrows(
          IllegalStateException.class, () -> workers.run(part -> workers.run(inner -> {}, 2), 2));
    }
  }

  @Test
  void anExecutorLendsItsThreads() {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Workers workers = Workers.of(executor, 3)) {
      AtomicInteger runs = new AtomicInteger();
      for (int round = 0; round < 200; round++) {
        workers.run(part -> runs.incrementAndGet(), 9);
      }
      assertEquals(1_800, runs.get());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void anExecutorThatRefusesLeavesTheWorkToTheCaller() {
    ExecutorService executor = Executors.newFixedThreadPool(1);
    executor.shutdown();
    AtomicInteger runs = new AtomicInteger();
    Workers.of(executor, 4).run(part -> runs.incrementAndGet(), 9);
    assertEquals(9, runs.get());
  }

  @Test
  void wrongNumbersAreTold() {
    assertThrows(IllegalArgumentException.class, () -> Workers.of(0));
    assertThrows(
        IllegalArgumentException.class, () -> Workers.of(2).run(part -> {}, Workers.MAX_PARTS + 1));
  }
}
