package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.net.Activation;
import dev.lamella.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A training that ends before its last epoch, and a trainer that two threads want. */
class EndingTest {

  private final Network network = Network.builder(3).dense(5, Activation.TANH).dense(1).build(1);
  private final Dataset data = data(40);
  private int steps;

  private static Dataset data(int rows) {
    float[] x = new float[rows * 3];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      x[3 * i] = i / 20f - 1;
      y[i] = 2 * x[3 * i];
    }
    return Dataset.of(x, 3, y, 1);
  }

  @AfterEach
  void clearFlag() {
    Thread.interrupted();
  }

  private Trainer trainer(Consumer<Training> stepped) {
    return Trainer.of(network, Loss.MSE, Sgd.of(0.1))
        .batchSize(10)
        .epochs(5)
        .threads(1)
        .callbacks(
            new Callback() {
              @Override
              public void stepped(Training training) {
                steps++;
                stepped.accept(training);
              }
            });
  }

  private Network after(int count) {
    Trainer same = Trainer.of(network, Loss.MSE, Sgd.of(0.1)).batchSize(10).threads(1);
    List<Network> seen = new ArrayList<>();
    same.callbacks(
        new Callback() {
          @Override
          public void stepped(Training training) {
            seen.add(training.network());
          }
        });
    same.epochs(5).fit(data);
    return seen.get(count - 1);
  }

  @Test
  void stopEndsBeforeTheNextStep() {
    History history =
        trainer(
                training -> {
                  if (steps == 6) {
                    training.stop();
                  }
                })
            .fit(data);
    assertEquals(6, steps);
    assertEquals(1, history.epochs().size(), "the second epoch was cut short");
    assertEquals(after(6), history.network());
  }

  @Test
  void anInterruptEndsBeforeTheNextStepAndKeepsItsFlag() {
    History history =
        trainer(
                training -> {
                  if (steps == 6) {
                    Thread.currentThread().interrupt();
                  }
                })
            .fit(data);
    assertTrue(Thread.interrupted(), "the flag is lost");
    assertEquals(6, steps);
    assertEquals(1, history.epochs().size());
    assertEquals(after(6), history.network());
  }

  @Test
  void anInterruptBeforeTheFirstStepLeavesTheNetworkAsItIs() {
    Thread.currentThread().interrupt();
    History history = trainer(training -> {}).fit(data);
    assertTrue(Thread.interrupted());
    assertEquals(network, history.network());
    assertEquals(List.of(), history.epochs());
    assertEquals(0, steps);
  }

  @Test
  void anEndDuringValidationComesWithinAStepToo() {
    Trainer trainer =
        trainer(training -> {
          if (steps == 8) { // the last of an epoch
            training.stop();
          }
        });
    History history = trainer.validation(data(1_000)).fit(data);
    assertEquals(8, steps);
    assertEquals(1, history.epochs().size(), "an epoch without its validation is not complete");
    assertEquals(after(8), history.network());
  }

  @Test
  void aTrainerThatWasEndedGoesOn() {
    Trainer trainer =
        trainer(training -> {
          if (steps == 6) {
            training.stop();
          }
        });
    Network half = trainer.fit(data).network();
    History rest = trainer.epochs(3).fit(data);
    assertEquals(3, rest.epochs().size());
    assertEquals(2, rest.epochs().getFirst().epoch(), "the epoch that was cut short did not count");
    assertNotEquals(half, rest.network());
  }

  @Test
  void earlyStoppingGoesBackToTheBestWhereATrainingIsCutShort() {
    EarlyStopping best = EarlyStopping.patience(3);
    List<Network> ends = new ArrayList<>();
    Trainer trainer = Trainer.of(network, Loss.MSE, Sgd.of(0.1)).batchSize(10).epochs(5).threads(1);
    trainer.callbacks(
        best,
        new Callback() {
          @Override
          public void stepped(Training training) {
            if (++steps == 10) {
              training.stop();
            }
          }

          @Override
          public void epochEnded(Training training, Epoch epoch) {
            ends.add(training.network());
          }
        });
    Network kept = trainer.fit(data).network();
    assertEquals(ends.get(best.bestEpoch() - 1), kept);
  }

  @Test
  void anInterruptFromAnotherThreadEndsALongTraining() throws Exception {
    CountDownLatch training = new CountDownLatch(1);
    Trainer trainer = trainer(now -> training.countDown()).epochs(Integer.MAX_VALUE);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<History> running = pool.submit(() -> trainer.fit(data));
      assertTrue(training.await(30, TimeUnit.SECONDS));
      pool.shutdownNow(); // interrupts
      assertNotEquals(network, running.get(30, TimeUnit.SECONDS).network());
    }
  }

  @Test
  void twoThreadsAtOneTrainerAreTold() throws Exception {
    CountDownLatch training = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Trainer trainer =
        trainer(
                now -> {
                  training.countDown();
                  try {
                    assertTrue(asked.await(30, TimeUnit.SECONDS));
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                })
            .epochs(2);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<History> running = pool.submit(() -> trainer.fit(data));
      assertTrue(training.await(30, TimeUnit.SECONDS));
      List<Runnable> calls =
          List.of(
              () -> trainer.fit(data),
              () -> trainer.evaluate(data),
              () -> trainer.step(new float[3], new float[1], 1),
              () -> trainer.step(new float[1][3], new float[1][1]),
              trainer::network);
      for (Runnable call : calls) {
        assertEquals(
            "this trainer is at work in another thread; wait until that call returns, or give each"
                + " thread a trainer of its own with Trainer.of",
            assertThrows(IllegalStateException.class, call::run).getMessage());
      }
      asked.countDown();
      assertEquals(
          Trainer.of(network, Loss.MSE, Sgd.of(0.1)).batchSize(10).epochs(2).fit(data).network(),
          result(running).network(),
          "what was refused changed something");
    }
    assertEquals(40, trainer.evaluate(data).rows(), "the trainer is free again");
  }

  private static <T> T result(Future<T> running) throws Exception {
    try {
      return running.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
