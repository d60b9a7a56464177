package dev.lamella.cli;

import dev.lamella.data.Feature;
import dev.lamella.data.Reading;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.text.Quoted;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A model's preprocessing and target as lines to read. */
final class SchemaText {
  private static final int MOST_WORDS = 12; // of a vocabulary, on one line
  private static final int MOST_CHARACTERS = 40;

  private SchemaText() {}

  static String of(Schema schema) {
    return (schema.features().isEmpty() ? array(schema) : columns(schema.features()))
        + (schema.unknownAsZeros() ? "unknown   words count as no word%n".formatted() : "")
        + target(schema.target())
        + reading(schema.reading());
  }

  private static String reading(Reading reading) {
    if (reading.equals(Reading.standard())) {
      return "";
    }
    StringBuilder text = new StringBuilder("missing   " + reading.missing().text());
    if (!reading.missingWords().equals(Reading.standard().missingWords())) {
      List<String> words = reading.missingWords().stream().sorted().map(Quoted::cell).toList();
      text.append(", meant by ").append(shortened(words));
    }
    text.append("%n".formatted());
    new TreeMap<>(reading.styles())
        .forEach((column, style) ->
            text.append(
                "written   %s as in %s%n"
                    .formatted(Quoted.shown(column, MOST_CHARACTERS), Quoted.shown(style, 20))));
    return text.toString();
  }

  private static String array(Schema schema) {
    String shape = schema.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
    String scale = schema.scale() == 1 ? "as they are" : "multiplied by " + schema.scale();
    return "inputs    %s numbers, %s%n".formatted(shape, scale);
  }

  /** Columns side by side that are treated alike share a line. */
  private static String columns(List<Feature> features) {
    StringBuilder text = new StringBuilder("inputs    %d columns%n".formatted(features.size()));
    for (int first = 0, next; first < features.size(); first = next) {
      String meaning = meaning(features.get(first));
      next = first + 1;
      while (next < features.size() && meaning(features.get(next)).equals(meaning)) {
        next++;
      }
      String name = shown(features.get(first).name());
      String names =
          next - first == 1 ? name : name + " ... " + shown(features.get(next - 1).name());
      text.append("  %-20s %s%n".formatted(names, meaning));
    }
    return text.toString();
  }

  private static String meaning(Feature feature) {
    return switch (feature) {
      case Feature.Numeric number when number.mean() != 0 ->
          "number, mean %.6g, deviation %.6g".formatted(number.mean(), number.deviation());
      case Feature.Numeric number when number.deviation() != 1 ->
          "number, divided by %.6g".formatted(number.deviation());
      case Feature.Numeric number -> "number";
      case Feature.Constant constant -> "the same in all training rows, taken as 0";
      case Feature.Categorical category ->
          "one of %d words: %s".formatted(category.values().size(), shortened(category.values()));
    };
  }

  private static String target(Target target) {
    return switch (target.kind()) {
      case LABELS ->
          "target    %s, one of %d classes: %s%n"
              .formatted(
                  shown(target.name()), target.classes().size(), shortened(target.classes()));
      case BINARY ->
          "target    %s, 0 for %s and 1 for %s%n"
              .formatted(
                  shown(target.name()),
                  shown(target.classes().get(0)),
                  shown(target.classes().get(1)));
      case NUMBER ->
          "target    %s, %s%n"
                  .formatted(
                      shown(target.name()),
                      target.width() == 1 ? "a number" : target.width() + " numbers")
              + scales(target);
      case NONE -> "";
    };
  }

  private static String shown(String name) {
    return Quoted.shown(name, MOST_CHARACTERS);
  }

  /** The scale in which losses are measured; answers are in the units of the file. */
  private static String scales(Target target) {
    StringBuilder text = new StringBuilder();
    for (Target.Column column : target.columns()) {
      if (column.standardized()) {
        String name = shown(column.name());
        text.append(
            "  %-20s mean %.6g, deviation %.6g: the loss is that of (%s - mean) / deviation%n"
                .formatted(name, column.mean(), column.deviation(), name));
      }
    }
    return text.toString();
  }

  private static String shortened(List<String> words) {
    return Quoted.list(words, MOST_WORDS, SchemaText::shown);
  }
}
