package dev.lamella.model;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes at random, as disks, networks and attackers do. */
final class HostileFiles {
  private HostileFiles() {}

  /** One to four changes: a bit, a byte, a cut, a byte too many, or a digit for a digit. */
  static byte[] damaged(byte[] valid, long seed) {
    Random random = new Random(seed);
    byte[] bytes = valid.clone();
    for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = (byte) random.nextInt();
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
        default -> {
          while (at < bytes.length - 1 && (bytes[at] < '0' || bytes[at] > '9')) {
            at++;
          }
          bytes[at] = (byte) ('0' + random.nextInt(10));
        }
      }
    }
    return bytes;
  }
}
