package dev.lamella.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Small files to learn from. */
final class Samples {
  private Samples() {}

  /** Two numbers and a color lead to a kind: 90 rows, 3 classes that are easy to tell apart. */
  static Path kinds(Path folder) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("length,width,color,kind\n");
    String[] kinds = {"ant", "bee", "cat"};
    String[] colors = {"red", "blue", "red"};
    for (int r = 0; r < 90; r++) {
      int kind = r % 3;
      csv.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%s,%s%n",
              10 * kind + random.nextDouble(),
              100 - 30 * kind + random.nextDouble(),
              colors[kind],
              kinds[kind]));
    }
    return write(folder.resolve("kinds.csv"), csv.toString());
  }

  /** The price of a house is 3 times its area plus noise: 80 rows. */
  static Path houses(Path folder) {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder csv = new StringBuilder("price,area,age\n");
    for (int r = 0; r < 80; r++) {
      double area = 20 + 100 * random.nextDouble();
      csv.append(
          String.format(
              Locale.ROOT, "%.3f,%.3f,%d%n", 0.03 * area + 0.01 * random.nextDouble(), area, r));
    }
    return write(folder.resolve("houses.csv"), csv.toString());
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** IDX: rows of 4 x 4 pixels, compressed; the label is where the bright quarter is. */
  static String images(Path folder, int rows) {
    byte[] pixels = new byte[rows * 16]; // (rows, 4, 4)
    byte[] labels = new byte[rows];
    SplittableRandom random = new SplittableRandom(3);
    for (int r = 0; r < rows; r++) {
      int quarter = r % 4;
      labels[r] = (byte) quarter;
      for (int p = 0; p < 16; p++) {
        boolean here = (p / 8) * 2 + (p % 4) / 2 == quarter;
        pixels[r * 16 + p] = (byte) ((here ? 180 : 0) + random.nextInt(70));
      }
    }
    Path x = folder.resolve("images-idx3-ubyte.gz");
    Path y = folder.resolve("labels-idx1-ubyte.gz");
    idx(x, pixels, rows, 4, 4);
    idx(y, labels, rows);
    return x + "," + y;
  }

  static void idx(Path file, byte[] values, int... shape) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.putInt(0x0800 + shape.length);
    for (int length : shape) {
      header.putInt(length);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      out.write(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A training that learns the price of {@link #houses}. */
  static Cli trainedOnHouses(Path houses, Path model) {
    return Cli.run(
            "train",
            houses,
            "--target",
            "price",
            "--layers",
            "8:tanh,1",
            "--epochs",
            "60",
            "--optimizer",
            "adam:lr=0.02",
            "--model",
            model)
        .ok();
  }
}
