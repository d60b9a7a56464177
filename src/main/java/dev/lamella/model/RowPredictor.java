package dev.lamella.model;

import dev.lamella.data.DataException;
import dev.lamella.data.RowEncoder;
import dev.lamella.data.Schema;
import dev.lamella.net.Predictor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a model about raw rows, as a map, a record, or a list of values: what {@link RowEncoder}
 * takes. The answer has the bits of the one about a file with such a row.
 *
 * <pre>{@code
 * try (RowPredictor predictor = model.rowPredictor()) {
 *   Answer answer = predictor.predict(Map.of("rooms", 3, "heating", "gas"));
 *   answer.className(); // or value()
 * }
 * }</pre>
 *
 * <p>Who asks often takes one answer and one row for all of them, and nothing is allocated:
 *
 * <pre>{@code
 * Answer answer = predictor.newAnswer();
 * for (House house : houses) { // a record
 *   predictor.row().set(house);
 *   predictor.predict(answer);
 *   sum += answer.value();
 * }
 * }</pre>
 *
 * <p>Making one prepares a table of every column's words, so a thread keeps its own. It serves one
 * thread at a time; a thread that comes while another is answered gets an {@code
 * IllegalStateException} and no answer. After {@link #close} every call that predicts throws {@code
 * IllegalStateException}.
 */
public final class RowPredictor implements AutoCloseable {
  private final Predictor predictor;
  private final OutputMeaning meaning;
  private final RowEncoder row;
  private final float[] inputs; // (inputs)
  private final AtomicBoolean busy = new AtomicBoolean();

  RowPredictor(Model model) {
    Schema schema = model.schema();
    if (schema == null) {
      throw new IllegalStateException(
          "the model does not say how rows become inputs; ask its network with float[] rows, or save it with the schema of the dataset (Dataset.schema)");
    }
    ModelFile.requireFit("the model", model.network(), schema);
    this.meaning = OutputMeaning.of(model);
    this.row = schema.rowEncoder();
    this.inputs = new float[row.inputs()];
    this.predictor = model.network().predictor();
  }

  /** {@return the row that {@link #predict()} and {@link #predict(Answer)} ask about} */
  public RowEncoder row() {
    return row;
  }

  /** {@return an answer for {@link #predict(Answer)} to write into; it says nothing yet} */
  public Answer newAnswer() {
    return new Answer(meaning);
  }

  /**
   * Asks about a row by the names of its columns.
   *
   * @param row a value for each column, null where it is missing; other names are left out
   * @return the answer, a new one
   * @throws DataException if a name is not there, a column cannot hold its value, or a value is
   *     missing and must not be
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public Answer predict(Map<String, ?> row) {
    return answered(() -> this.row.set(row));
  }

  /**
   * Asks about a row by the components of a record, as {@link RowEncoder#set(Record)} finds them.
   *
   * @param row of a class that this library may read
   * @return the answer, a new one
   * @throws DataException if no component gives a column or several do, the class may not be read,
   *     a column cannot hold its value, or a value is missing and must not be
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public Answer predict(Record row) {
    return answered(() -> this.row.set(row));
  }

  /**
   * Asks about a row of values in the order of {@link RowEncoder#columns}.
   *
   * @param row a value for each column, null where it is missing
   * @return the answer, a new one
   * @throws DataException if there are more or fewer values, a column cannot hold its value, or a
   *     value is missing and must not be
   * @throws IllegalStateException if this predictor is closed or busy in another thread
   */
  public Answer predict(List<?> row) {
    return answered(() -> this.row.set(row));
  }

  /**
   * Asks about {@link #row()}, which starts with nothing given then.
   *
   * @return the answer, a new one
   * @throws IllegalStateException if a column was not given, or this predictor is closed or busy in
   *     another thread
   */
  public Answer predict() {
    Answer answer = newAnswer();
    predict(answer);
    return answer;
  }

  /**
   * Asks about {@link #row()}, which starts with nothing given then. Allocates nothing.
   *
   * @param into receives the answer; one of {@link #newAnswer} or of an earlier call
   * @throws IllegalArgumentException if it is an answer of another predictor
   * @throws IllegalStateException if a column was not given, or this predictor is closed or busy in
   *     another thread; the answer says nothing then
   */
  public void predict(Answer into) {
    if (into.meaning() != meaning) {
      throw new IllegalArgumentException(
          "this is an answer of another predictor; take one with newAnswer()");
    }
    into.asked(false); // until it is answered: a stale answer would be a wrong one
    begin();
    try {
      ask(into);
    } finally {
      busy.set(false);
    }
  }

  /** Fills the row, while no other thread may, and asks about it. */
  private Answer answered(Runnable fill) {
    begin();
    try {
      fill.run();
      return ask(newAnswer());
    } finally {
      busy.set(false);
    }
  }

  private Answer ask(Answer into) {
    row.encode(inputs, 0);
    predictor.predict(inputs, 0, into.outputs(), 0);
    into.asked(true);
    return into;
  }

  private void begin() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this predictor is busy in another thread; give each thread one of its own with"
              + " model.rowPredictor()");
    }
  }

  /** Gives this predictor up; the model and its other predictors stay. */
  @Override
  public void close() {
    predictor.close();
  }
}
