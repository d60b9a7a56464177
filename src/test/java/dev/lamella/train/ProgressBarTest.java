package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamella.net.Network;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now = 1_000_000_000_000L;

  @Test
  void redrawsOneLineAnEpochOnATerminal() {
    ProgressBar bar = bar(true, StandardCharsets.UTF_8);
    Training training = training(2);
    bar.started(training);
    training.startEpoch(1, 0.1);
    step(bar, training, 50, 250, 0.75);
    step(bar, training, 10_000, 60, 0.625); // too early to draw again
    step(bar, training, 15_000, 700, 0.5);
    now += 250_000_000;
    end(bar, training, 1, 0.25, 0.75);
    training.startEpoch(2, 0.1);
    now += 1_000_000_000;
    end(bar, training, 2, 0.125, 1.0);
    bar.ended(training);
    assertEquals(
        "\repoch 1/2 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌   0 %  loss 0.7500  200 rows/s  3:20 left"
            + "\repoch 1/2 ━━━━━━━━━━━━━━━╌╌╌╌╌  75 %  loss 0.5000  14.9 k rows/s  0:02 left"
            + "\repoch 1/2 ━━━━━━━━━━━━━━━━━━━━ 100 %  loss 0.2500  accuracy 0.5000  val_loss 0.7500"
            + "  val_accuracy 0.5000  26.7 k rows/s  0:01 left\n"
            + "\repoch 2/2 ━━━━━━━━━━━━━━━━━━━━ 100 %  loss 0.1250  accuracy 0.5000  val_loss 0.7500"
            + "  val_accuracy 0.5000  20.0 k rows/s  in 0:02\n",
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsAPlainLineASecondElsewhere() {
    ProgressBar bar = bar(false, StandardCharsets.UTF_8);
    Training training = training(12);
    bar.started(training);
    for (int epoch = 1; epoch <= 12; epoch++) {
      training.startEpoch(epoch, 0.1);
      step(bar, training, 5_000, 100, 0.75);
      now += 100_000_000;
      end(bar, training, epoch, 0.25, 0.2);
    }
    bar.ended(training);
    assertEquals(
        "epoch  5/12 100 %  loss 0.2500  accuracy 0.5000  val_loss 0.7500  val_accuracy 0.5000"
            + "  100 k rows/s  0:01 left\n"
            + "epoch 10/12 100 %  loss 0.2500  accuracy 0.5000  val_loss 0.7500  val_accuracy 0.5000"
            + "  100 k rows/s  0:00 left\n"
            + "epoch 12/12 100 %  loss 0.2500  accuracy 0.5000  val_loss 0.7500  val_accuracy 0.5000"
            + "  100 k rows/s  in 0:02\n",
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void drawsWhatTheCharsetHas() {
    ProgressBar bar = bar(true, StandardCharsets.US_ASCII);
    Training training = training(1);
    bar.started(training);
    training.startEpoch(1, 0.1);
    step(bar, training, 10_000, 1000, 1e-7);
    now += 1_000_000_000;
    end(bar, training, 1, 123456.78, 2.0);
    bar.ended(training);
    assertEquals(
        "\repoch 1/1 ==========----------  50 %  loss 1.000e-07  10.0 k rows/s  0:01 left"
            + "\repoch 1/1 ==================== 100 %  loss 123456.8  accuracy 0.5000"
            + "  val_loss 0.7500  val_accuracy 0.5000  10.0 k rows/s  in 0:02\n",
        bytes.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void drawsOverALongerLine() {
    ProgressBar bar = bar(true, StandardCharsets.US_ASCII);
    Training training = training(1);
    bar.started(training);
    training.startEpoch(1, 0.1);
    step(bar, training, 10_000, 200, 1e-7);
    step(bar, training, 15_000, 200, 0.5);
    bar.ended(training);
    assertEquals(
        "\repoch 1/1 ==========----------  50 %  loss 1.000e-07  50.0 k rows/s  0:00 left"
            + "\repoch 1/1 ===============-----  75 %  loss 0.5000  37.5 k rows/s  0:00 left   \n",
        bytes.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void numbersAreShort() {
    assertEquals("0.0000", Texts.number(0));
    assertEquals("-0.1832", Texts.number(-0.18321));
    assertEquals("NaN", Texts.number(Double.NaN));
    assertEquals("1.200e+09", Texts.number(1.2e9));
    assertEquals("1.00", Texts.speed(0.999));
    assertEquals("999", Texts.speed(999.4));
    assertEquals("1.00 k", Texts.speed(999.6));
    assertEquals("1.42 M", Texts.speed(1_424_000));
    assertEquals("2.00 G", Texts.speed(2e9));
    assertEquals("0:00", Texts.time(0.2));
    assertEquals("12:34", Texts.time(754));
    assertEquals("1:02:03", Texts.time(3723));
  }

  private ProgressBar bar(boolean terminal, Charset charset) {
    return new ProgressBar(new PrintStream(bytes, true, charset), terminal, () -> now);
  }

  private static Training training(int epochs) {
    Network network = Network.builder(1).dense(1).build(1);
    Trainer trainer = Trainer.of(network, Loss.MSE, Sgd.of(0.1));
    return new Training(trainer, 1, epochs, 20_000, true);
  }

  private void step(ProgressBar bar, Training training, int rows, long millis, double loss) {
    now += millis * 1_000_000;
    training.step(rows, loss);
    bar.stepped(training);
  }

  private static void end(
      ProgressBar bar, Training training, int number, double loss, double seconds) {
    Evaluation learned = new Evaluation(20_000, loss, Map.of("accuracy", 0.5));
    Evaluation asked = new Evaluation(100, 0.75, Map.of("accuracy", 0.5));
    bar.epochEnded(training, new Epoch(number, learned, 0.1, seconds, Optional.of(asked)));
  }
}
