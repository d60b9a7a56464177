package dev.lamella.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Safetensors files by the words of the format alone, sharing nothing with the code under test: a
 * maker of any bytes, and a reader that knows only floats.
 */
final class Foreign {
  private Foreign() {}

  /** A file with any header. */
  static byte[] file(String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return file(text.length, text, data);
  }

  /** A file whose header claims any length. */
  static byte[] file(long length, byte[] header, byte... data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  static String header(byte[] file) {
    int length = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    return new String(file, 8, length, StandardCharsets.UTF_8);
  }

  /** Name, then shape and floats, as {@code [2, 3] 1.0 2.0 ...}. */
  static Map<String, String> tensors(byte[] file) {
    Pattern entry =
        Pattern.compile(
            "\"([^\"]+)\":\\{\"dtype\":\"F32\",\"shape\":\\[([0-9,]*)\\],\"data_offsets\":\\[(\\d+),(\\d+)\\]\\}");
    String header = header(file);
    int start = 8 + header.getBytes(StandardCharsets.UTF_8).length;
    Map<String, String> tensors = new LinkedHashMap<>();
    Matcher matcher = entry.matcher(header);
    while (matcher.find()) {
      StringBuilder text = new StringBuilder("[" + matcher.group(2) + "]");
      int from = start + Integer.parseInt(matcher.group(3));
      int to = start + Integer.parseInt(matcher.group(4));
      ByteBuffer data = ByteBuffer.wrap(file, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
      while (data.hasRemaining()) {
        text.append(' ').append(data.getFloat());
      }
      tensors.put(matcher.group(1), text.toString());
    }
    return tensors;
  }
}
