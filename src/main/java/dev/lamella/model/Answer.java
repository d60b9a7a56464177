package dev.lamella.model;

import dev.lamella.text.Quoted;
import java.util.List;
import java.util.Objects;

/**
 * What a model says about a row: a class and how likely each is, or numbers in the units of the
 * file that it learned from.
 *
 * <p>An answer changes only when it is given to {@link RowPredictor#predict(Answer)}.
 */
public final class Answer {
  private final OutputMeaning meaning;
  private final float[] outputs; // (outputs) as the network gives them
  private boolean asked;

  Answer(OutputMeaning meaning) {
    this.meaning = meaning;
    this.outputs = new float[meaning.width()];
  }

  /**
   * What other outputs of the same network say.
   *
   * @param outputs (outputs) as the network gave them for one row; copied
   * @return the answer, a new one
   * @throws IllegalArgumentException if they are not as many as the network gives
   */
  public Answer with(float[] outputs) {
    if (outputs.length != meaning.width()) {
      throw new IllegalArgumentException(
          "%d outputs were given, but the network gives %d for a row"
              .formatted(outputs.length, meaning.width()));
    }
    Answer other = new Answer(meaning);
    System.arraycopy(outputs, 0, other.outputs, 0, outputs.length);
    other.asked = true;
    return other;
  }

  OutputMeaning meaning() {
    return meaning;
  }

  /** Where the outputs of the next row go. */
  float[] outputs() {
    return outputs;
  }

  void asked(boolean now) {
    asked = now;
  }

  private void requireAsked() {
    if (!asked) {
      throw new IllegalStateException(
          "this answer has no row yet; give it to RowPredictor.predict first");
    }
  }

  /** {@return whether the model tells classes apart; if not, it gives numbers} */
  public boolean hasClasses() {
    return !meaning.classes().isEmpty();
  }

  /**
   * The class that the model says: the likeliest, the first of equal ones; of two with one output
   * the second where it is likelier than not.
   *
   * @return its place among the classes, from 0
   * @throws IllegalStateException if the model gives numbers
   * @throws dev.lamella.data.DataException if the network computed NaN
   */
  public int label() {
    requireAsked();
    requireClasses();
    return meaning.label(outputs);
  }

  /**
   * The class that the model says, as {@link #label} chooses it.
   *
   * @return its name
   * @throws IllegalStateException if the model gives numbers
   * @throws dev.lamella.data.DataException if the network computed NaN
   */
  public String className() {
    return meaning.classes().get(label());
  }

  /**
   * How likely the class is that the model says.
   *
   * @return its probability, in [0, 1]
   * @throws IllegalStateException if the model gives numbers, or outputs that are no probabilities
   * @throws dev.lamella.data.DataException if the network computed NaN
   */
  public float probability() {
    return meaning.probability(outputs, label());
  }

  /**
   * How likely a class is.
   *
   * @param name of the class
   * @return its probability, in [0, 1]
   * @throws IllegalArgumentException if there is no such class
   * @throws IllegalStateException if the model gives numbers, or outputs that are no probabilities
   */
  public float probability(String name) {
    Objects.requireNonNull(name, "name");
    requireAsked();
    requireClasses();
    return meaning.probability(outputs, index("class", name, meaning.classes()));
  }

  /**
   * The number that the model gives.
   *
   * @return the number, in the units of the file that it learned from
   * @throws IllegalStateException if the model tells classes apart or gives several numbers
   */
  public float value() {
    requireAsked();
    requireNumbers();
    if (outputs.length > 1) {
      throw new IllegalStateException(
          "the model gives %d numbers, %s; ask for one of them by its name"
              .formatted(outputs.length, listed(meaning.names())));
    }
    return meaning.value(outputs, 0);
  }

  /**
   * One of the numbers that the model gives.
   *
   * @param name of the column that it learned, or {@code output_0} and so on where it had no names
   * @return the number, in the units of the file that it learned from
   * @throws IllegalArgumentException if there is no such number
   * @throws IllegalStateException if the model tells classes apart
   */
  public float value(String name) {
    Objects.requireNonNull(name, "name");
    requireAsked();
    requireNumbers();
    return meaning.value(outputs, index("number", name, meaning.names()));
  }

  /** {@return a name for each of {@link #values}} */
  public List<String> names() {
    return meaning.names();
  }

  /**
   * All that the model says: its numbers, or the probability of each class; where one output tells
   * two classes apart, that of the second alone.
   *
   * @return (outputs), a new array
   */
  public float[] values() {
    requireAsked();
    float[] values = new float[outputs.length];
    meaning.values(outputs, values);
    return values;
  }

  private static int index(String what, String name, List<String> names) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the model has no %s %s; it has %s".formatted(what, Quoted.cell(name), listed(names)));
    }
    return index;
  }

  private void requireClasses() {
    if (!hasClasses()) {
      throw new IllegalStateException(
          "the model gives numbers (%s), no classes; ask for value()"
              .formatted(listed(meaning.names())));
    }
  }

  private void requireNumbers() {
    if (hasClasses()) {
      throw new IllegalStateException(
          "the model tells classes apart (%s); ask for className() or probability()"
              .formatted(listed(meaning.classes())));
    }
  }

  private static String listed(List<String> names) {
    return Quoted.list(names, 20, Quoted::cell);
  }

  /** Such as {@code setosa, setosa=0.98, versicolor=0.02} or {@code price=331000.0}. */
  @Override
  public String toString() {
    if (!asked) {
      return "no answer yet";
    }
    StringBuilder text = new StringBuilder(hasClasses() ? Quoted.name(className()) : "");
    float[] values = values();
    for (int i = 0; i < values.length; i++) {
      text.append(text.isEmpty() ? "" : ", ").append(Quoted.name(names().get(i)));
      text.append('=').append(values[i]);
    }
    return text.toString();
  }
}
