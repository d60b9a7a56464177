package dev.lamella.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Learns from the training rows of a table what its columns are as inputs and target. */
final class SchemaLearner {
  private static final int MOST_WORDS = 10_000;
  private static final int FEW_WORDS = 20; // so few may be different in nearly every row

  private final Table table;
  private final Preparation preparation;
  private final int[] rows; // the rows to train on

  SchemaLearner(Table table, Preparation preparation, int[] rows) {
    this.table = table;
    this.preparation = preparation;
    this.rows = rows;
  }

  Schema learn() {
    Set<Integer> leftOut = new HashSet<>();
    preparation.without().forEach(name -> leftOut.add(table.column(name)));
    Target target = Target.none();
    if (preparation.kind() != Target.Kind.NONE) {
      int column = table.column(preparation.target() == null ? "-1" : preparation.target());
      target = new TargetColumn(table, column).learn(preparation.kind(), rows);
      leftOut.add(column);
    }
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < table.width(); c++) {
      if (!leftOut.contains(c)) {
        features.add(feature(c));
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          table.source() + " has no columns left for the inputs; is the separator right?");
    }
    Schema schema = Schema.ofColumns(features, table.isNamed() ? 0 : table.width(), target);
    return preparation.unknownAsZeros() ? schema.withUnknownAsZeros() : schema;
  }

  private Feature feature(int c) {
    Column column = table.get(c);
    return switch (column.kind()) {
      case NUMBER -> numeric(c);
      case TEXT -> categorical(c);
      case MIXED -> throw table.refusal(c);
      case EMPTY ->
          throw new DataException(
              "column %s of %s has no values; leave it out"
                  .formatted(Text.quote(table.names().get(c)), table.source()));
    };
  }

  /**
   * Mean and population deviation in double, in two passes, which unlike the textbook's formula in
   * one keeps its digits (Chan, Golub and LeVeque, "Algorithms for computing the sample variance",
   * 1983). A column that never changes becomes zero, exactly: its mean is not rounded.
   */
  private Feature numeric(int c) {
    String name = table.names().get(c);
    if (!preparation.standardize()) {
      return new Feature.Numeric(name, 0, 1);
    }
    double first = rows.length == 0 ? 0 : TableEncoder.number(table, rows[0], c);
    double sum = 0;
    boolean constant = true;
    for (int row : rows) {
      double number = TableEncoder.number(table, row, c);
      sum += number;
      constant &= number == first;
    }
    double mean = constant ? first : sum / rows.length;
    double squares = 0;
    for (int row : rows) {
      double difference = table.number(row, c) - mean;
      squares += difference * difference;
    }
    double deviation = constant ? 1 : Math.sqrt(squares / rows.length);
    if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
      throw new DataException(
          "column %s of %s holds numbers too large to standardize; scale them, or leave the column out"
              .formatted(Text.quote(name), table.source()));
    }
    return new Feature.Numeric(name, mean, deviation == 0 ? 1 : deviation);
  }

  private Feature categorical(int c) {
    String name = table.names().get(c);
    TreeSet<String> words = new TreeSet<>();
    for (int row : rows) {
      words.add(TableEncoder.word(table, row, c));
    }
    int most = Math.min(MOST_WORDS, Math.max(FEW_WORDS, rows.length / 2));
    if (words.size() > most) {
      throw new DataException(
          "column %s of %s holds %d different words in %d rows, too many to learn from; leave it out"
              .formatted(Text.quote(name), table.source(), words.size(), rows.length));
    }
    return new Feature.Categorical(name, new ArrayList<>(words));
  }
}
