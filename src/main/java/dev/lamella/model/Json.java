package dev.lamella.model;

import dev.lamella.text.Quoted;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A strict reader of JSON from files that nobody vouches for: limits on depth, length and number of
 * tokens, no name twice in an object, nothing after the end.
 *
 * <p>Every problem is a {@link JsonException} that says where it is; the caller adds the file.
 */
final class Json implements AutoCloseable {
  // What a header of the largest length can hold is read, or a model of a very wide table could be
  // saved and not loaded again; deeper is not a model.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxTokenCount(Safetensors.MAX_HEADER)
                  .maxNumberLength(64)
                  .maxNameLength(Safetensors.MAX_HEADER)
                  .maxStringLength(Safetensors.MAX_HEADER)
                  .maxDocumentLength(Safetensors.MAX_HEADER)
                  .build())
          // Names come from outside and are read once: no table of them that could be attacked.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  private final JsonParser parser;

  private Json(JsonParser parser) {
    this.parser = parser;
  }

  /** What is wrong with a text, without the name of the file it stands in. */
  static final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    JsonException(String message) {
      super(Quoted.sentence(message)); // It may repeat what stands in the file.
    }
  }

  /** Reads something from a text. */
  interface Reader<T> {
    T read(Json json) throws JsonException;
  }

  /** Reads a whole text. */
  static <T> T read(String text, Reader<T> reader) throws JsonException {
    try (Json json = new Json(FACTORY.createParser(ObjectReadContext.empty(), text))) {
      if (json.next() == null) {
        throw json.wrong("empty");
      }
      T value = reader.read(json);
      if (json.next() != null) {
        throw json.wrong("something follows the end");
      }
      return value;
    } catch (JacksonException e) {
      throw new JsonException(
          "not valid JSON%s (%s)"
              .formatted(
                  e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset(),
                  e.getOriginalMessage()));
    }
  }

  /** Writes something to a text. */
  interface Writer {
    void write(JsonGenerator json);
  }

  static String write(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      writer.write(json);
    }
    return text.toString();
  }

  /** Reads the value of one member of an object. */
  interface Member {
    void read(String name) throws JsonException;
  }

  /** Reads an object from its opening brace to its closing one. */
  void object(String what, Member member) throws JsonException {
    expect(JsonToken.START_OBJECT, what, "an object");
    Set<String> names = new HashSet<>();
    while (next() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (!names.add(name)) {
        throw wrong(
            "%s has the name %s twice, and which one counts is not said; write the file again"
                .formatted(what, Quoted.of(name)));
      }
      next();
      member.read(name);
    }
  }

  /** The exception for a member that an object should not have. */
  JsonException unknown(String what, String member) {
    return wrong("%s has an unknown member %s".formatted(what, Quoted.of(member)));
  }

  /** Reads the elements of an array. */
  <T> List<T> array(String what, Reader<T> element) throws JsonException {
    expect(JsonToken.START_ARRAY, what, "an array");
    List<T> elements = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      elements.add(element.read(this));
    }
    return elements;
  }

  String string(String what) throws JsonException {
    expect(JsonToken.VALUE_STRING, what, "a string");
    return parser.getString();
  }

  /** A whole number from 0 to 2^63 - 1. */
  long count(String what) throws JsonException {
    expect(JsonToken.VALUE_NUMBER_INT, what, "a whole number");
    JsonParser.NumberType type = parser.getNumberType();
    boolean fits = type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    if (!fits || parser.getLongValue() < 0) {
      throw wrong("%s is %s, not a number from 0 to 2^63 - 1".formatted(what, parser.getString()));
    }
    return parser.getLongValue();
  }

  /** A whole number from 0 to 2^31 - 1. */
  int size(String what) throws JsonException {
    long value = count(what);
    if (value > Integer.MAX_VALUE) {
      throw wrong(
          "%s is %d, more than the largest size of %d".formatted(what, value, Integer.MAX_VALUE));
    }
    return (int) value;
  }

  double number(String what) throws JsonException {
    if (!parser.currentToken().isNumeric()) {
      throw unexpected(what, "a number");
    }
    return parser.getDoubleValue();
  }

  boolean bool(String what) throws JsonException {
    if (!parser.currentToken().isBoolean()) {
      throw unexpected(what, "true or false");
    }
    return parser.getBooleanValue();
  }

  JsonException wrong(String message) {
    return new JsonException(message);
  }

  @Override
  public void close() {
    parser.close();
  }

  private @Nullable JsonToken next() {
    return parser.nextToken();
  }

  private void expect(JsonToken token, String what, String description) throws JsonException {
    if (parser.currentToken() != token) {
      throw unexpected(what, description);
    }
  }

  private JsonException unexpected(String what, String description) {
    JsonToken token = parser.currentToken();
    return new JsonException(
        "%s is not %s but %s".formatted(what, description, token == null ? "empty" : token));
  }
}
