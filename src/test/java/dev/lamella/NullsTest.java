package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Dataset;
import dev.lamella.data.Feature;
import dev.lamella.data.Preparation;
import dev.lamella.data.RowEncoder;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Answer;
import dev.lamella.model.Model;
import dev.lamella.model.RowPredictor;
import dev.lamella.net.Activation;
import dev.lamella.net.Dense;
import dev.lamella.net.Initializer;
import dev.lamella.net.LayerSpec;
import dev.lamella.net.Network;
import dev.lamella.parallel.Workers;
import dev.lamella.train.Callback;
import dev.lamella.train.EarlyStopping;
import dev.lamella.train.Evaluation;
import dev.lamella.train.History;
import dev.lamella.train.Loss;
import dev.lamella.train.Metric;
import dev.lamella.train.Optimizer;
import dev.lamella.train.ProgressBar;
import dev.lamella.train.Sgd;
import dev.lamella.train.Trainer;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Null is refused by the call that gets it, with a sentence that names something, wherever a
 * signature does not say that it may stand there.
 */
class NullsTest {
  private static final Network NETWORK = Network.builder(2).dense(2).build(1);

  private static final Schema TABLE =
      Schema.ofColumns(
          List.of(new Feature.Numeric("x", 0, 1), new Feature.Numeric("y", 0, 1)),
          0,
          Target.none());
  private static final Model ROWS = new Model(NETWORK, TABLE, Map.of());

  /** What stands for the other parameters, and whose methods are called. */
  private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

  static {
    put(Network.class, NETWORK);
    put(Model.class, new Model(NETWORK, null, Map.of()));
    SAMPLES.put(NETWORK.predictor().getClass(), NETWORK.predictor());
    SAMPLES.put(Network.builder(2).getClass(), Network.builder(2));
    put(Activation.class, Activation.RELU);
    put(Dense.class, NETWORK.layer(0));
    put(LayerSpec.class, LayerSpec.of(2, Activation.RELU));
    put(Initializer.class, Initializer.ZEROS);
    put(Dataset.class, Dataset.of(new float[2], 2, new float[2], 2));
    put(Preparation.class, Preparation.standard());
    put(Target.class, Target.numbers("y", 1));
    put(Target.Kind.class, Target.Kind.NUMBER);
    put(Schema.class, Schema.ofArray(List.of(2), Target.numbers("y", 1)));
    put(Workers.class, Workers.single());
    put(Loss.class, Loss.MSE);
    put(Metric.class, Metric.MSE);
    put(Optimizer.class, Sgd.of(0.1));
    put(Trainer.class, Trainer.of(NETWORK, Loss.MSE, Sgd.of(0.1)));
    put(EarlyStopping.class, EarlyStopping.patience(1));
    put(ProgressBar.class, ProgressBar.to(System.out, false));
    put(RowPredictor.class, ROWS.rowPredictor());
    put(RowEncoder.class, TABLE.rowEncoder());
    put(Answer.class, ROWS.answer(new float[2]));
    put(Record.class, ROWS);
    put(History.class, new History(NETWORK, List.of()));
    put(Evaluation.class, new Evaluation(1, 1, Map.of()));
    put(String.class, "y");
    put(Path.class, Path.of("no", "such", "folder"));
    put(List.class, List.of());
    put(Set.class, Set.of());
    put(Map.class, Map.of());
    put(Optional.class, Optional.empty());
    put(Duration.class, Duration.ZERO);
    put(Executor.class, (Executor) Runnable::run);
    put(Throwable.class, new IllegalStateException());
    put(float[].class, new float[2]);
    put(int[].class, new int[1]);
    put(float[][].class, new float[1][2]);
    put(double[][].class, new double[1][2]);
  }

  private static <T> void put(Class<T> type, T sample) {
    SAMPLES.put(type, sample);
  }

  @Test
  void nullIsRefusedByTheCallThatGetsIt() throws ReflectiveOperationException {
    List<String> faults = new ArrayList<>();
    int asked = 0;
    for (Class<?> type : PublicApi.types()) {
      if (Throwable.class.isAssignableFrom(type)) {
        continue; // what tells of a fault must not hide it behind another
      }
      for (Executable each : PublicApi.executables(type)) {
        Object owner = SAMPLES.get(type);
        boolean free = each instanceof Constructor || Modifier.isStatic(each.getModifiers());
        if (!free && owner == null) {
          continue;
        }
        if (each.getName().equals("equals") || isCalledByTheLibrary(type, each)) {
          continue;
        }
        for (int p = 0; p < each.getParameterCount(); p++) {
          if (!each.getParameterTypes()[p].isPrimitive() && !mayBeNull(each, p)) {
            asked++;
            String fault = ask(each, free ? null : owner, p);
            if (!fault.isEmpty()) {
              faults.add(each + " with null as parameter " + p + " " + fault);
            }
          }
        }
      }
    }
    assertEquals("", String.join("\n", faults));
    assertTrue(asked > 100, asked + " parameters");
  }

  @Test
  void whatWasRefusedChangedNothing() {
    Trainer trainer = Trainer.of(NETWORK, Loss.MSE, Sgd.of(0.1));
    Dataset data = Dataset.of(new float[] {1, 2}, 2, new float[] {3, 4}, 2);
    for (Runnable call :
        List.<Runnable>of(
            () -> trainer.callbacks((Callback[]) null),
            () -> trainer.metrics(Metric.MSE, null),
            () -> trainer.schedule(null),
            () -> trainer.validation(null),
            () -> trainer.workers(null))) {
      try {
        call.run();
        throw new AssertionError("null was taken");
      } catch (NullPointerException e) {
        assertTrue(e.getMessage() != null, "no sentence");
      }
    }
    assertEquals(
        Trainer.of(NETWORK, Loss.MSE, Sgd.of(0.1)).fit(data).network(),
        trainer.fit(data).network());
  }

  /** What users implement is called by the library, which never gives null. */
  private static boolean isCalledByTheLibrary(Class<?> type, Executable each) {
    if (each instanceof Constructor || Modifier.isStatic(each.getModifiers())) {
      return false;
    }
    if (type.isInterface()) {
      return true;
    }
    for (Class<?> implemented : List.of(Callback.class, Metric.class, Initializer.class)) {
      for (Method method : implemented.getMethods()) {
        if (implemented.isAssignableFrom(type) && method.getName().equals(each.getName())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayBeNull(Executable each, int p) {
    return each.getAnnotatedParameterTypes()[p].isAnnotationPresent(Nullable.class);
  }

  /** What is wrong with the answer to null; "" for nothing. */
  private static String ask(Executable each, @Nullable Object owner, int nullAt)
      throws ReflectiveOperationException {
    Object[] arguments = new Object[each.getParameterCount()];
    for (int p = 0; p < arguments.length; p++) {
      arguments[p] = p == nullAt ? null : sample(each.getParameterTypes()[p]);
    }
    try {
      if (each instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        ((Method) each).invoke(owner, arguments);
      }
      return "is taken";
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (!(thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException)) {
        return "ends in " + thrown;
      }
      String message = String.valueOf(thrown.getMessage());
      // A name of a parameter; what javac made up and what lies deeper names nothing.
      boolean names = !message.equals("null") && !message.contains("<local");
      return names ? "" : "says " + message;
    }
  }

  private static @Nullable Object sample(Class<?> type) {
    if (!type.isPrimitive()) {
      Object sample = SAMPLES.get(type);
      return sample != null || !type.isArray()
          ? sample
          : Array.newInstance(type.componentType(), 0);
    }
    return type == boolean.class
        ? (Object) false
        : type == int.class
            ? (Object) 1
            : type == long.class
                ? (Object) 1L
                : type == float.class
                    ? (Object) 1f
                    : type == char.class ? (Object) ',' : (Object) 0.5;
  }
}
