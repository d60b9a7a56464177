package dev.lamella.model;

import dev.lamella.data.Missing;
import dev.lamella.data.Reading;
import dev.lamella.model.Json.JsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/**
 * The part of a schema that says how cells are read, as JSON; it is left out where it is standard.
 *
 * <pre>{@code
 * "reading":{"missing":"mean","words":["","NA"],"numbers":[{"column":"age","value":38.5}],
 *   "fills":[{"column":"color","value":"red"}],"styles":[{"column":"rate","value":"1%"}]}
 * }</pre>
 */
final class ReadingJson {
  private ReadingJson() {}

  static void write(JsonGenerator json, Reading reading) {
    json.writeName("reading").writeStartObject();
    json.writeStringProperty("missing", reading.missing().text());
    json.writeName("words").writeStartArray();
    new TreeSet<>(reading.missingWords()).forEach(json::writeString);
    json.writeEndArray();
    json.writeName("numbers").writeStartArray();
    new TreeMap<>(reading.numbers())
        .forEach((column, fill) -> {
          json.writeStartObject().writeStringProperty("column", column);
          json.writeNumberProperty("value", fill).writeEndObject();
        });
    json.writeEndArray();
    texts(json, "fills", reading.words());
    texts(json, "styles", reading.styles());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> texts) {
    json.writeName(name).writeStartArray();
    new TreeMap<>(texts)
        .forEach((column, text) -> {
          json.writeStartObject().writeStringProperty("column", column);
          json.writeStringProperty("value", text).writeEndObject();
        });
    json.writeEndArray();
  }

  /** Columns each with a value: not the names of members, whose length a reader limits. */
  private static <T> Map<String, T> columns(Json json, String what, Json.Reader<T> value)
      throws JsonException {
    Map<String, T> columns = new HashMap<>();
    json.array(
        what,
        each -> {
          List<String> column = new ArrayList<>(1);
          List<T> values = new ArrayList<>(1);
          each.object(
              what,
              member -> {
                switch (member) {
                  case "column" -> column.add(each.string("the name of a column"));
                  case "value" -> values.add(value.read(each));
                  default -> throw each.wrong("%s have an unknown member".formatted(what));
                }
              });
          if (column.isEmpty() || values.isEmpty()) {
            throw each.wrong("%s lack a column or a value".formatted(what));
          }
          columns.put(column.getFirst(), values.getFirst());
          return column;
        });
    return columns;
  }

  static Reading read(Json json) throws JsonException {
    String[] missing = {Missing.ERROR.text()};
    Set<String> words = new HashSet<>();
    Map<String, Double> numbers = new HashMap<>();
    Map<String, String> fills = new HashMap<>();
    Map<String, String> styles = new HashMap<>();
    json.object(
        "the reading",
        member -> {
          switch (member) {
            case "missing" -> missing[0] = json.string("the policy for missing cells");
            case "words" -> words.addAll(json.array(member, each -> each.string("a word")));
            case "numbers" -> numbers.putAll(columns(json, member, each -> each.number(member)));
            case "fills" -> fills.putAll(columns(json, member, each -> each.string(member)));
            case "styles" -> styles.putAll(columns(json, member, each -> each.string(member)));
            default -> throw json.unknown("the reading", member);
          }
        });
    try {
      return new Reading(Missing.of(missing[0]), words, numbers, fills, styles);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }
}
