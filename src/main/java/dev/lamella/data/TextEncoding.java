package dev.lamella.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoding of a text file: what its byte order mark says, else UTF-8.
 *
 * @param charset the encoding
 * @param mark how many bytes the mark has
 */
record TextEncoding(Charset charset, int mark) {
  static TextEncoding of(byte[] start) {
    if (startsWith(start, 0xef, 0xbb, 0xbf)) {
      return new TextEncoding(StandardCharsets.UTF_8, 3);
    }
    if (startsWith(start, 0xff, 0xfe)) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 2);
    }
    if (startsWith(start, 0xfe, 0xff)) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 2);
    }
    return new TextEncoding(StandardCharsets.UTF_8, 0);
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    return bytes.length >= start.length
        && Arrays.equals(start, 0, start.length, unsigned(bytes, start.length), 0, start.length);
  }

  private static int[] unsigned(byte[] bytes, int length) {
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  /** What of a file's first bytes can be read, without the mark. */
  String decode(byte[] start) {
    return new String(start, mark, start.length - mark, charset);
  }
}
