package dev.lamella.jmh;

import dev.lamella.Lamella;
import dev.lamella.data.Dataset;
import dev.lamella.kernel.Kernels;
import dev.lamella.math.Blas;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Layer;
import dev.lamella.net.Network;
import dev.lamella.net.Predictor;
import dev.lamella.parallel.Workers;
import dev.lamella.train.Adam;
import dev.lamella.train.Loss;
import dev.lamella.train.Optimizer;
import dev.lamella.train.Sgd;
import dev.lamella.train.Trainer;
import java.util.ArrayList;
import java.util.List;

/** Ours: the same public calls that a user makes. */
final class LamellaPeer implements Peer {

  private final int threads;

  LamellaPeer(boolean scalar, int threads) {
    this.threads = threads;
    if (scalar && Kernels.active().lanes() > 1) {
      throw new IllegalStateException(
          "These are the vector kernels: start with -Dlamella.kernels=scalar.");
    }
  }

  @Override
  public String about() {
    return Lamella.report().strip().replaceAll(" {2,}", " ").replace("\n", "; ");
  }

  @Override
  public Work sgemm(Product s, float[] a, float[] b) {
    float[] c = new float[s.m() * s.n()];
    Workers workers = Workers.of(threads);
    return new OwnWork(workers::close) {
      @Override
      public void run() {
        Blas.sgemm(
            s.transA(),
            s.transB(),
            s.m(),
            s.n(),
            s.k(),
            1,
            a,
            0,
            s.lda(),
            b,
            0,
            s.ldb(),
            0,
            c,
            0,
            s.n(),
            workers);
      }

      @Override
      public float[] result() {
        return c.clone();
      }
    };
  }

  @Override
  public Work sgemv(Product s, float[] a, float[] x) {
    float[] y = new float[s.m()];
    Workers workers = Workers.of(threads);
    return new OwnWork(workers::close) {
      @Override
      public void run() {
        Blas.sgemv(false, s.m(), s.k(), 1, a, 0, s.k(), x, 0, 1, 0, y, 0, 1, workers);
      }

      @Override
      public float[] result() {
        return y.clone();
      }
    };
  }

  @Override
  public Work predict(Mlp net, float[] parameters, float[] rows, int count) {
    Predictor predictor = network(net, parameters).predictor();
    float[] out = new float[count * net.outputs()];
    return new OwnWork(predictor::close) {
      @Override
      public void run() {
        if (count == 1) {
          predictor.predict(rows, 0, out, 0);
        } else {
          predictor.predict(rows, 0, count, out, 0);
        }
      }

      @Override
      public float[] result() {
        return out.clone();
      }
    };
  }

  @Override
  public Work train(Training training, float[] parameters, Examples data) {
    Workers workers = Workers.of(threads);
    Trainer trainer = trainer(training, network(training.net(), parameters)).workers(workers);
    int batches = data.rows() / training.batch();
    float[][] x = new float[batches][];
    float[][] y = new float[batches][];
    int[][] labels = new int[batches][];
    for (int i = 0; i < batches; i++) {
      x[i] = data.batch(data.x(), i, training.batch());
      y[i] = data.batch(data.y(), i, training.batch());
      labels[i] = data.labels(i * training.batch(), training.batch());
    }
    return new OwnWork(workers::close) {
      private int next;

      @Override
      public void run() {
        if (training.classes()) {
          trainer.step(x[next], labels[next]);
        } else {
          trainer.step(x[next], y[next], training.batch());
        }
        next = (next + 1) % batches;
      }

      @Override
      public float[] result() {
        return trainer.network().parameters();
      }
    };
  }

  @Override
  public Work epochs(Training training, int epochs, Examples data, Examples test) {
    Mlp net = training.net();
    Dataset rows =
        Dataset.ofLabels(data.x(), net.inputs(), data.labels(0, data.rows()), net.outputs());
    float[] accuracy = new float[1];
    Workers workers = Workers.of(threads);
    return new OwnWork(workers::close) {
      @Override
      public void run() {
        Network trained =
            trainer(training, network(net, net.parameters(1)))
                .workers(workers)
                .epochs(epochs)
                .fit(rows)
                .network();
        float[] out = new float[test.rows() * net.outputs()];
        try (Predictor predictor = trained.predictor()) {
          predictor.predict(test.x(), 0, test.rows(), out, 0);
        }
        accuracy[0] = (float) test.accuracy(out);
      }

      @Override
      public float[] result() {
        return accuracy.clone();
      }
    };
  }

  @Override
  public Work elementwise(String function, float[] x) {
    return LamellaFormulas.elementwise(function, x);
  }

  @Override
  public Work optimizer(boolean adam, float[] parameters, float[] gradient) {
    return LamellaFormulas.optimizer(adam, parameters, gradient);
  }

  private static Trainer trainer(Training training, Network network) {
    Optimizer optimizer =
        training.adam() ? Adam.of(training.learningRate()) : Sgd.of(training.learningRate());
    Loss loss = training.classes() ? Loss.CROSS_ENTROPY_WITH_LOGITS : Loss.MSE;
    return Trainer.of(network, loss, optimizer).batchSize(training.batch());
  }

  private static Network network(Mlp net, float[] parameters) {
    List<Layer> layers = new ArrayList<>();
    int[] sizes = net.sizes();
    for (int i = 0; i < net.layers(); i++) {
      boolean last = i + 1 == net.layers();
      layers.add(
          new Dense(sizes[i], sizes[i + 1], last ? Activation.LINEAR : Activation.RELU, true));
    }
    return Network.of(layers, parameters);
  }

  /** Work that ends something after it. */
  private abstract static class OwnWork implements Work {
    private final Runnable end;

    OwnWork(Runnable end) {
      this.end = end;
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
