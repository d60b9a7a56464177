package dev.lamella.model;

import dev.lamella.data.Feature;
import dev.lamella.data.Reading;
import dev.lamella.data.Schema;
import dev.lamella.data.Target;
import dev.lamella.model.Json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The schema of a model as JSON, for its file's metadata.
 *
 * <pre>{@code
 * {"columns":[{"name":"age","mean":38.5,"deviation":13.6},{"name":"color","words":["blue","red"]}],
 *  "places":0,"unknown":"error","target":{"name":"price","kind":"number","width":1,
 *   "columns":[{"name":"price","mean":331000,"deviation":139082}]}}
 * {"shape":[28,28],"scale":0.003921569,"target":{"name":"label","kind":"labels","classes":["0",...]}}
 * }</pre>
 *
 * Where cells are read in a way that is not the standard one, {@link ReadingJson} adds how.
 */
final class SchemaJson {
  private SchemaJson() {}

  static String write(Schema schema) {
    return Json.write(json -> {
      json.writeStartObject();
      if (schema.features().isEmpty()) {
        json.writeName("shape").writeStartArray();
        schema.shape().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeNumberProperty("scale", schema.scale());
      } else {
        json.writeName("columns").writeStartArray();
        schema.features().forEach(feature -> feature(json, feature));
        json.writeEndArray();
        json.writeNumberProperty("places", schema.places());
        json.writeStringProperty("unknown", schema.unknownAsZeros() ? "zeros" : "error");
      }
      json.writeName("target");
      target(json, schema.target());
      if (!schema.reading().equals(Reading.standard())) {
        ReadingJson.write(json, schema.reading());
      }
      json.writeEndObject();
    });
  }

  private static void feature(JsonGenerator json, Feature feature) {
    json.writeStartObject();
    json.writeStringProperty("name", feature.name());
    switch (feature) {
      case Feature.Numeric numeric -> {
        json.writeNumberProperty("mean", numeric.mean());
        json.writeNumberProperty("deviation", numeric.deviation());
      }
      case Feature.Constant constant -> json.writeBooleanProperty("constant", true);
      case Feature.Categorical categorical -> words(json, "words", categorical.values());
    }
    json.writeEndObject();
  }

  private static void target(JsonGenerator json, Target target) {
    json.writeStartObject();
    json.writeStringProperty("name", target.name());
    json.writeStringProperty("kind", target.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("width", target.width());
    if (!target.classes().isEmpty()) {
      words(json, "classes", target.classes());
    }
    if (!target.columns().isEmpty()) {
      json.writeName("columns").writeStartArray();
      target
          .columns()
          .forEach(each -> {
            json.writeStartObject();
            json.writeStringProperty("name", each.name());
            json.writeNumberProperty("mean", each.mean());
            json.writeNumberProperty("deviation", each.deviation());
            json.writeEndObject();
          });
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void words(JsonGenerator json, String name, List<String> words) {
    json.writeName(name).writeStartArray();
    words.forEach(json::writeString);
    json.writeEndArray();
  }

  /** Reads what {@link #write} wrote; every number and name is checked by the schema itself. */
  static Schema read(String text) throws JsonException {
    Members members = new Members();
    return Json.read(
        text,
        json -> {
          json.object("the schema", name -> members.read(json, name));
          try {
            return new Schema(
                members.features,
                members.places,
                members.shape,
                members.scale,
                members.zeros,
                members.target == null ? Target.none() : members.target,
                members.reading);
          } catch (IllegalArgumentException e) {
            throw json.wrong(String.valueOf(e.getMessage()));
          }
        });
  }

  /** The members of the outer object as they come. */
  private static final class Members {
    private List<Feature> features = List.of();
    private List<Integer> shape = List.of();
    private int places;
    private boolean zeros;
    private float scale = 1;
    private @Nullable Target target;
    private Reading reading = Reading.standard();

    void read(Json json, String name) throws JsonException {
      switch (name) {
        case "columns" -> features = json.array(name, SchemaJson::feature);
        case "shape" -> shape = json.array(name, each -> each.size("a length of the shape"));
        case "scale" -> scale = (float) json.number(name);
        case "places" -> places = json.size(name);
        case "unknown" -> zeros = json.string(name).equals("zeros");
        case "target" -> target = target(json);
        case "reading" -> reading = ReadingJson.read(json);
        default -> throw json.unknown("the schema", name);
      }
    }
  }

  private static Feature feature(Json json) throws JsonException {
    List<String> name = new ArrayList<>(1);
    List<String> words = new ArrayList<>();
    double[] numbers = {0, 1}; // mean, deviation
    boolean[] constant = {false};
    json.object(
        "a column",
        member -> {
          switch (member) {
            case "name" -> name.add(json.string("the name of a column"));
            case "mean" -> numbers[0] = json.number(member);
            case "deviation" -> numbers[1] = json.number(member);
            case "constant" -> constant[0] = json.bool(member);
            case "words" -> words.addAll(json.array(member, each -> each.string("a word")));
            default -> throw json.unknown("a column", member);
          }
        });
    if (name.isEmpty()) {
      throw json.wrong("a column has no name");
    }
    if (constant[0]) {
      return new Feature.Constant(name.getFirst());
    }
    try {
      return words.isEmpty()
          ? new Feature.Numeric(name.getFirst(), numbers[0], numbers[1])
          : new Feature.Categorical(name.getFirst(), words);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Target target(Json json) throws JsonException {
    String[] texts = {"", "none"}; // name, kind
    int[] width = {0};
    List<String> classes = new ArrayList<>();
    List<Target.Column> columns = new ArrayList<>();
    json.object(
        "the target",
        member -> {
          switch (member) {
            case "name" -> texts[0] = json.string("the name of the target");
            case "kind" -> texts[1] = json.string("the kind of the target");
            case "width" -> width[0] = json.size("the width of the target");
            case "classes" -> classes.addAll(json.array(member, each -> each.string("a class")));
            case "columns" -> columns.addAll(json.array(member, SchemaJson::targetColumn));
            default -> throw json.unknown("the target", member);
          }
        });
    try {
      Target.Kind kind = Target.Kind.valueOf(texts[1].toUpperCase(Locale.ROOT));
      return new Target(texts[0], kind, classes, width[0], columns);
    } catch (IllegalArgumentException e) {
      throw json.wrong("the target is not valid (%s)".formatted(e.getMessage()));
    }
  }

  private static Target.Column targetColumn(Json json) throws JsonException {
    String[] name = {""};
    double[] numbers = {0, 1}; // mean, deviation
    json.object(
        "a column of the target",
        member -> {
          switch (member) {
            case "name" -> name[0] = json.string("the name of a column");
            case "mean" -> numbers[0] = json.number(member);
            case "deviation" -> numbers[1] = json.number(member);
            default -> throw json.unknown("a column of the target", member);
          }
        });
    try {
      return new Target.Column(name[0], numbers[0], numbers[1]);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }
}
