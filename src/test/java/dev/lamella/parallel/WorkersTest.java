package dev.lamella.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
    assertThrows(IllegalArgumentException.class, () -> Workers.single().run(part -> {}, -1));
  }

  @Test
  void everythingThatPartsThrowReachesTheCaller() {
    class Checked extends Exception {
      private static final long serialVersionUID = 1;
    }

    List<Throwable> kinds =
        List.of(
            new Checked(),
            new IOException("a disk"),
            new IllegalStateException(),
            new OutOfMemoryError("of a part"),
            new StackOverflowError(),
            new Throwable("neither"));
    try (Workers many = Workers.of(3)) {
      for (Workers workers : List.of(many, Workers.single())) {
        for (int round = 0; round < 300; round++) {
          Throwable thrown = kinds.get(round % kinds.size());
          int thrower = round % 7;
          AtomicInteger runs = new AtomicInteger();
          Throwable caught =
              assertThrows(
                  Throwable.class,
                  () ->
                      workers.run(
                          part -> {
                            runs.incrementAndGet();
                            if (part == thrower) {
                              throw WorkersTest.<RuntimeException>sneaky(thrown);
                            }
                          },
                          7));
          assertSame(thrown, caught);
          assertEquals(7, runs.get(), "the other parts run all the same");
        }
        AtomicInteger runs = new AtomicInteger();
        workers.run(part -> runs.incrementAndGet(), 20);
        assertEquals(20, runs.get(), "the group lives on");
      }
    }
  }

  @Test
  void whatOtherPartsThrowIsSuppressedInTheFirst() {
    try (Workers workers = Workers.of(3)) {
      IllegalStateException same = new IllegalStateException("thrown by two parts");
      assertSame(
          same,
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      part -> {
                        throw same;
                      },
                      9)));
      assertEquals(0, same.getSuppressed().length);
      Throwable first =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      part -> {
                        throw new IllegalStateException("part " + part);
                      },
                      9));
      assertEquals(8, first.getSuppressed().length);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aJobHasNoMoreHelpersThanPartsLessOne() {
    AtomicInteger started = new AtomicInteger();
    Executor threads =
        task -> {
          started.incrementAndGet();
          Thread.ofPlatform().daemon().start(task);
        };
    try (Workers workers = Workers.of(threads, Workers.MAX_THREADS)) {
      for (int round = 0; round < 100; round++) {
        workers.run(part -> {}, 3);
      }
      assertTrue(started.get() <= 2, () -> started + " helpers for 3 parts");
    }
  }

  /** A helper that cannot park would spin: it gives its thread back instead. */
  @Test
  void anInterruptedHelperEndsWithItsFlagAndTheJobIsDone() throws InterruptedException {
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    ConcurrentHashMap<Thread, Boolean> flags = new ConcurrentHashMap<>();
    Executor threads =
        task -> {
          Thread helper =
              Thread.ofPlatform()
                  .daemon()
                  .unstarted(() -> {
                    task.run();
                    flags.put(Thread.currentThread(), Thread.currentThread().isInterrupted());
                  });
          helpers.add(helper);
          helper.start();
        };
    Workers workers = Workers.of(threads, 2);
    CountDownLatch both = new CountDownLatch(2);
    workers.run(
        part -> {
          both.countDown();
          awaitUninterruptibly(both);
          if (helpers.contains(Thread.currentThread())) {
            Thread.currentThread().interrupt();
          }
        },
        2);
    for (Thread helper : helpers) {
      helper.join(500); // it would stay a second if it waited for work
      assertFalse(helper.isAlive(), "an interrupted helper stays");
      assertTrue(flags.get(helper), "the flag is lost");
    }
    AtomicInteger runs = new AtomicInteger();
    workers.run(part -> runs.incrementAndGet(), 20);
    assertEquals(20, runs.get());
    workers.close();
  }

  @Test
  void anInterruptedCallerFinishesAndKeepsItsFlag() {
    for (Workers workers : List.of(Workers.of(3), Workers.single())) {
      AtomicInteger runs = new AtomicInteger();
      Thread.currentThread().interrupt();
      workers.run(part -> runs.incrementAndGet(), 50);
      assertTrue(Thread.interrupted());
      assertEquals(50, runs.get());
      workers.close();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExecutorOfTheCallersThreadHelpsNoOneAndCostsNoTime() {
    long start = System.nanoTime();
    AtomicInteger runs = new AtomicInteger();
    for (int round = 0; round < 20; round++) {
      Workers.of((Executor) Runnable::run, 4).run(part -> runs.incrementAndGet(), 9);
    }
    assertEquals(180, runs.get());
    assertTrue(System.nanoTime() - start < 10_000_000_000L, "a helper waits in the caller");
  }

  @Test
  void anExecutorThatFailsIsToldAfterTheWork() {
    AtomicInteger runs = new AtomicInteger();
    Executor broken =
        task -> {
          throw new UnsupportedOperationException("broken");
        };
    Workers workers = Workers.of(broken, 4);
    assertEquals(
        "broken",
        assertThrows(
                UnsupportedOperationException.class,
                () -> workers.run(part -> runs.incrementAndGet(), 9))
            .getMessage());
    assertEquals(9, runs.get());
    Executor full =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    Workers.of(full, 4).run(part -> runs.incrementAndGet(), 9);
    assertEquals(18, runs.get());
  }

  @Test
  void thousandsOfThreadsAreRefusedWithASentence() {
    for (int threads : new int[] {1_025, 3_000, Integer.MAX_VALUE}) {
      String sentence =
          assertThrows(IllegalArgumentException.class, () -> Workers.of(threads)).getMessage();
      assertTrue(sentence.contains(threads + " threads"), sentence);
      assertTrue(sentence.contains("at most 1024"), sentence);
    }
    assertEquals(1_024, Workers.of(Workers.MAX_THREADS).threads());
  }
}
