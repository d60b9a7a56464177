package dev.lamella.train;

import dev.lamella.base.Flat;
import dev.lamella.base.SplitMix64;
import dev.lamella.data.Dataset;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network that is being trained: its weights, the optimizer's state, and how to train.
 *
 * <p>Give it rows with {@link #fit}, or one batch at a time with {@link #step}; take the network
 * with {@link #network} at any time. The network it was made of does not change. Calls follow on
 * each other: {@code fit} with 5 epochs twice does, bit for bit, what {@code fit} with 10 does.
 * Results depend on the network, the rows, their order and the seed, never on the number of
 * threads.
 *
 * <p>A trainer belongs to one thread at a time; another one that comes meanwhile gets an {@code
 * IllegalStateException}. Its worker threads live while it trains.
 */
public final class Trainer {

  private final Network shape;
  private final Loss loss;
  private final Optimizer optimizer;
  private final Learner learner;
  private final ArraySource arrays;
  private int epochs = 10;
  private int batchSize = 32;
  private boolean shuffles = true;
  private SplitMix64 random = new SplitMix64(0);
  private Workers workers = Workers.of(Runtime.getRuntime().availableProcessors());
  private @Nullable Dataset validation;
  private List<Metric> metrics = List.of();
  private List<Callback> callbacks = List.of();
  private Schedule schedule = (initial, epoch) -> initial;
  private int epochsDone;
  private final Owner owner = new Owner();

  private Trainer(Network network, Loss loss, Optimizer optimizer) {
    this.shape = network;
    this.loss = loss;
    this.optimizer = optimizer;
    this.learner = new Learner(network, loss, optimizer);
    this.arrays = new ArraySource(network.inputs(), network.outputs());
  }

  /**
   * Starts from a network.
   *
   * @param network where to start; it stays as it is
   * @param loss what to make small
   * @param optimizer how to change the weights
   * @return a trainer of 10 epochs, batches of 32 rows, shuffled with seed 0, on all processors
   * @throws IllegalArgumentException if the network does not end in what the loss needs
   */
  public static Trainer of(Network network, Loss loss, Optimizer optimizer) {
    loss.check(network);
    return new Trainer(network, loss, optimizer);
  }

  /**
   * Sets how many times {@link #fit} goes through the rows; 10 if not said.
   *
   * @param count at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public Trainer epochs(int count) {
    epochs = positive("epochs", count);
    return this;
  }

  /**
   * Sets the rows of a batch; 32 if not said. The last batch of an epoch may be shorter.
   *
   * @param rows at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public Trainer batchSize(int rows) {
    batchSize = positive("batchSize", rows);
    return this;
  }

  /**
   * Sets where the order of the rows comes from; 0 if not said.
   *
   * @param seed any number
   * @return this
   */
  public Trainer seed(long seed) {
    random = new SplitMix64(seed);
    return this;
  }

  /**
   * Sets whether each epoch takes the rows in an order of its own; true if not said.
   *
   * @param shuffle whether to shuffle
   * @return this
   */
  public Trainer shuffle(boolean shuffle) {
    shuffles = shuffle;
    return this;
  }

  /**
   * Sets how many threads compute, the caller's among them; all processors if not said. Small steps
   * are computed by the caller alone, whatever is said here.
   *
   * @param count at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public Trainer threads(int count) {
    return workers(Workers.of(positive("threads", count)));
  }

  /**
   * Sets who computes.
   *
   * @param crew workers that work for no one else meanwhile
   * @return this
   */
  public Trainer workers(Workers crew) {
    workers = Objects.requireNonNull(crew, "crew");
    return this;
  }

  /**
   * Sets rows to ask about after each epoch, without learning from them.
   *
   * @param rows with targets
   * @return this
   */
  public Trainer validation(Dataset rows) {
    validation = Objects.requireNonNull(rows, "rows");
    return this;
  }

  /**
   * Sets what else to measure, on the training rows and the validation rows.
   *
   * @param measured none twice
   * @return this
   * @throws IllegalArgumentException if two have the same name
   */
  public Trainer metrics(Metric... measured) {
    List<Metric> wanted = Shapes.list("metric", measured);
    Set<String> names = new HashSet<>();
    for (Metric each : wanted) {
      if (!names.add(each.text())) {
        throw new IllegalArgumentException(
            "two metrics have the name " + each.text() + ": leave one out");
      }
    }
    metrics = wanted;
    return this;
  }

  /**
   * Sets who is told how {@link #fit} goes on.
   *
   * @param told called in this order
   * @return this
   */
  public Trainer callbacks(Callback... told) {
    callbacks = Shapes.list("callback", told);
    return this;
  }

  /**
   * Sets how the learning rate changes; not at all if not said.
   *
   * @param rates asked at the start of each epoch
   * @return this
   */
  public Trainer schedule(Schedule rates) {
    schedule = Objects.requireNonNull(rates, "rates");
    return this;
  }

  /**
   * Learns from rows, going on from the weights as they are. Numbers that the schema of the first
   * rows wants standardized are learned so ({@link Loss#standardizes}); the network answers in
   * their units.
   *
   * <p>It ends early, before the next step, when {@link Training#stop} is called or its thread is
   * interrupted; the flag of the interrupt stays set. The history then has the network as it is,
   * and the epochs that were completed.
   *
   * @param data rows of the network's inputs and outputs; labels where a row has one class
   * @return the network and what was measured
   * @throws IllegalStateException if another thread is at work with this trainer
   * @throws IllegalArgumentException if rows do not fit the network, or a target not the loss
   * @throws TrainingException if the loss or a weight is no longer finite; the trainer and the
   *     exception then have the network of the last completed epoch
   */
  public History fit(Dataset data) {
    Shapes.check("training data", data, shape, loss);
    if (validation != null) {
      Shapes.check("validation data", validation, shape, loss);
    }
    try (Owner _ = owner.claim();
        Workers crew = workers) { // ends its threads; the next job starts new ones
      learner.scaleFor(data);
      learner.remember();
      return new Fit(this, data, crew).run();
    }
  }

  /**
   * Asks about rows without learning from them.
   *
   * @param data rows of the network's inputs and outputs
   * @return the mean loss and the metrics
   * @throws IllegalStateException if another thread is at work with this trainer
   * @throws IllegalArgumentException if rows do not fit the network, or a target not the loss
   */
  public Evaluation evaluate(Dataset data) {
    Shapes.check("data", data, shape, loss);
    try (Owner _ = owner.claim();
        Workers crew = workers) {
      Backprop backprop = learner.prepare(Math.min(batchSize, data.rows()), metrics);
      return Fit.evaluate(data, this, metrics, backprop, crew, () -> false).orElseThrow();
    }
  }

  /**
   * Learns from one batch, for learning while serving; allocates nothing once it has seen a batch
   * of that size.
   *
   * @param x (rows, inputs), row after row
   * @param y (rows, outputs), row after row
   * @param rows how many
   * @return the mean loss before the step
   * @throws IllegalStateException if another thread is at work with this trainer
   * @throws IllegalArgumentException if the lengths do not fit, or a target does not fit the loss
   * @throws TrainingException if the loss is not finite; nothing was learned then
   */
  public float step(float[] x, float[] y, int rows) {
    Shapes.check("x", x.length, rows, shape.inputs(), "inputs");
    Shapes.check("y", y.length, rows, shape.outputs(), "outputs");
    loss.domain().check(loss, y, rows, shape.outputs());
    try (Owner _ = owner.claim()) {
      arrays.numbers(x, y);
      return step(rows);
    }
  }

  /**
   * Learns from one batch of labels; allocates nothing once it has seen a batch of that size.
   *
   * @param x (rows, inputs), row after row
   * @param labels (rows), each the number of an output; 0 or 1 where there is one output
   * @return the mean loss before the step
   * @throws IllegalStateException if another thread is at work with this trainer
   * @throws IllegalArgumentException if the lengths do not fit, or a label is out of range
   * @throws TrainingException if the loss is not finite; nothing was learned then
   */
  public float step(float[] x, int[] labels) {
    Shapes.check("x", x.length, labels.length, shape.inputs(), "inputs");
    Shapes.checkLabels(labels, shape.outputs());
    try (Owner _ = owner.claim()) {
      arrays.labels(x, labels);
      return step(labels.length);
    }
  }

  /**
   * Learns from one batch.
   *
   * @param x (rows, inputs)
   * @param y (rows, outputs)
   * @return the mean loss before the step
   * @throws IllegalStateException if another thread is at work with this trainer
   * @throws IllegalArgumentException if the lengths do not fit, or a target does not fit the loss
   * @throws TrainingException if the loss is not finite; nothing was learned then
   */
  public float step(float[][] x, float[][] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x has " + x.length + " rows, but y has " + y.length + ": each row needs a target");
    }
    String reason = "the network's rows have ";
    float[] flatX = Flat.of("x", x, shape.inputs(), reason + shape.inputs());
    return step(flatX, Flat.of("y", y, shape.outputs(), reason + shape.outputs()), x.length);
  }

  private float step(int rows) {
    Backprop backprop = learner.prepare(rows, metrics);
    double rate = learningRate(Math.max(1, epochsDone));
    double sum = learner.step(backprop, arrays, rows, rate, workers);
    arrays.clear();
    if (!Double.isFinite(sum)) {
      String what = "the loss of step " + (learner.steps() + 1) + " is " + sum;
      String sentence = Failures.sentence(what, learner, rate, backprop, rows);
      if (!learner.finite()) {
        learner.goBack();
      }
      throw new TrainingException(sentence, new History(learner.network(), List.of()));
    }
    return (float) (sum / loss.terms(rows, shape.outputs()));
  }

  /**
   * Returns a copy of the network as it is now.
   *
   * @return a network that no further step changes
   * @throws TrainingException if a weight is no longer finite; the trainer then goes back to the
   *     network that was last taken, or that an epoch last ended with
   */
  public Network network() {
    try (Owner _ = owner.claim()) {
      if (!learner.remember()) {
        learner.goBack();
        throw Failures.grown(learner);
      }
      return learner.network();
    }
  }

  void restore(Network network) {
    try (Owner _ = owner.claim()) {
      learner.restore(network);
    }
  }

  double learningRate(int epoch) {
    double rate = schedule.learningRate(optimizer.learningRate(), epoch);
    if (!(rate >= 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the schedule gives the learning rate "
              + rate
              + " for epoch "
              + epoch
              + ", but it must be 0 or greater");
    }
    return rate;
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", but must be at least 1");
    }
    return value;
  }

  /** The random numbers of the next epoch: as many as it wants, without a trace in later epochs. */
  SplitMix64 nextRandom() {
    return random.split();
  }

  void epochDone() {
    epochsDone++;
  }

  int epochsDone() {
    return epochsDone;
  }

  Learner learner() {
    return learner;
  }

  Loss loss() {
    return loss;
  }

  int epochs() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  boolean shuffles() {
    return shuffles;
  }

  @Nullable Dataset validation() {
    return validation;
  }

  List<Metric> metrics() {
    return metrics;
  }

  List<Callback> callbacks() {
    return callbacks;
  }
}
