package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Learns what the columns of a table are as inputs and target: words and classes from all rows,
 * means and deviations from those to train on.
 */
final class SchemaLearner {
  private static final int MOST_WORDS = 10_000;
  private static final int FEW_WORDS = 20; // so few may be different in nearly every row

  private final Table table;
  private final Preparation preparation;
  private final int[] rows; // the rows to train on
  private final int[] usable; // and those held out

  SchemaLearner(Table table, Preparation preparation, int[] rows, int[] usable) {
    this.table = table;
    this.preparation = preparation;
    this.rows = rows;
    this.usable = usable;
  }

  Schema learn() {
    Set<Integer> leftOut = new HashSet<>();
    preparation.without().forEach(names -> leftOut.addAll(table.columns(names)));
    Target target = target();
    if (target.kind() != Target.Kind.NONE) {
      leftOut.addAll(targetColumns());
    }
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < table.width(); c++) {
      if (!leftOut.contains(c)) {
        features.add(feature(c));
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          table.source()
              + (preparation.without().isEmpty()
                  ? " has no columns left for the inputs; is the separator right?"
                  : " has no columns left for the inputs; leave fewer of them out"));
    }
    Schema schema = Schema.ofColumns(features, table.isNamed() ? 0 : table.width(), target);
    return preparation.unknownAsZeros() ? schema.withUnknownAsZeros() : schema;
  }

  /** The class of each row of the table, from 0; null where rows have no classes. */
  int @Nullable [] classes() {
    Target target = target();
    return target.classes().isEmpty()
        ? null
        : new TargetColumn(table, targetColumns().getFirst()).labels(target);
  }

  private List<Integer> targetColumns() {
    return table.columns(preparation.target() == null ? "-1" : preparation.target());
  }

  private Target target() {
    if (preparation.kind() == Target.Kind.NONE) {
      return Target.none();
    }
    List<Integer> columns = targetColumns();
    boolean standardize = preparation.standardizesTarget(true);
    if (columns.size() == 1) {
      return new TargetColumn(table, columns.getFirst())
          .learn(preparation.kind(), rows, usable, standardize);
    }
    return Target.columns(
        columns.stream()
            .map(
                column -> new TargetColumn(table, column).numbers(rows, usable, standardize, false))
            .toList());
  }

  private Feature feature(int c) {
    Column column = table.get(c);
    return switch (column.kind()) {
      case NUMBER -> numeric(c);
      case TEXT -> categorical(c);
      case MIXED ->
          throw new DataException(
              "%s, %s, or read it as words (--text %s, CsvOptions.withText)"
                  .formatted(
                      table.misfit(c), table.leaveOut(c), Quoted.cell(table.names().get(c))));
      case EMPTY ->
          throw new DataException(
              "column %s of %s has no values; %s"
                  .formatted(Quoted.cell(table.names().get(c)), table.source(), table.leaveOut(c)));
    };
  }

  /** A column that does not change among the training rows teaches nothing. */
  private Feature numeric(int c) {
    String name = table.names().get(c);
    if (!preparation.standardizes(true)) {
      return new Feature.Numeric(name, 0, 1);
    }
    Moments moments = Moments.of(numbers(table, rows, c));
    if (!moments.finite()) {
      throw new DataException(
          "column %s of %s holds numbers too large to standardize; scale them, or %s"
              .formatted(Quoted.cell(name), table.source(), table.leaveOut(c)));
    }
    return moments.constant()
        ? new Feature.Constant(name)
        : new Feature.Numeric(name, moments.mean(), moments.deviation());
  }

  /** The numbers in a column of some rows, which must all be there. */
  static double[] numbers(Table table, int[] rows, int c) {
    double[] numbers = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      numbers[i] = TableEncoder.number(table, rows[i], c);
    }
    return numbers;
  }

  /** Words of all rows: which of them are held out later must not make a word unknown. */
  private Feature categorical(int c) {
    String name = table.names().get(c);
    TreeSet<String> words = new TreeSet<>();
    for (int row : usable) {
      words.add(TableEncoder.word(table, row, c));
    }
    int most = Math.min(MOST_WORDS, Math.max(FEW_WORDS, usable.length / 2));
    if (words.size() > most) {
      throw new DataException(
          "column %s of %s holds %d different words in %d rows, too many to learn from; %s"
              .formatted(
                  Quoted.cell(name),
                  table.source(),
                  words.size(),
                  usable.length,
                  table.leaveOut(c)));
    }
    return new Feature.Categorical(name, new ArrayList<>(words));
  }
}
