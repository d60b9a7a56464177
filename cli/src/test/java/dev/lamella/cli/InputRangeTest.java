package dev.lamella.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of bytes that is asked about floats, and one of floats about bytes, says so. */
class InputRangeTest {
  @TempDir private Path folder;
  private String images;
  private Path pixels;
  private Path model;

  @BeforeEach
  void name() {
    images = Samples.images(folder, 40);
    pixels = Path.of(images.substring(0, images.indexOf(',')));
    model = folder.resolve("m.safetensors");
  }

  private String floats(String name, float least, float most) {
    Path x = folder.resolve(name);
    float[] values = new float[16 * 40]; // (40, 16)
    for (int i = 0; i < values.length; i++) {
      values[i] = least + (most - least) * (i % 8) / 7;
    }
    Npy.write(x, values, 40, 16);
    return x.toString();
  }

  private String labels() {
    Path y = folder.resolve("y.npy");
    int[] labels = new int[40];
    Arrays.setAll(labels, r -> r % 4);
    Npy.write(y, labels, 40);
    return y.toString();
  }

  private void train(String data) {
    Cli.run("train", data, "--layers", "4:softmax", "--epochs", "1", "--model", model).ok();
  }

  /** What both commands note about data. */
  private void notes(String said, String x) {
    for (Cli asked :
        new Cli[] {Cli.run("predict", model, x), Cli.run("evaluate", model, x + "," + labels())}) {
      asked.ok();
      if (said.isEmpty()) {
        assertEquals("", asked.err());
      } else {
        assertEquals(1, asked.err().lines().count(), asked.err());
        assertTrue(asked.err().startsWith("note: "), asked.err());
        assertTrue(asked.err().contains(said), asked.err());
      }
    }
  }

  @Test
  void modelOfBytes() {
    train(images);
    Cli same = Cli.run("evaluate", model, images).ok();
    assertEquals("", same.err());
    notes(" is above 1.0; if they were divided already, give the bytes", floats("unit.npy", 0, 1));
    notes("", floats("bytes.npy", 0, 255));
    notes("", floats("signed.npy", -1, 1));
  }

  @Test
  void modelOfFloats() {
    String unit = floats("unit.npy", 0, 1);
    train(unit + "," + labels());
    notes("", unit);
    notes("", floats("wide.npy", 0, 2));
    notes("inputs from 0.0 to 1.0, but those of", floats("bytes.npy", 0, 255));
    Cli bytes = Cli.run("predict", model, pixels).ok();
    assertTrue(bytes.err().contains("divide them by 255"), bytes.err());
    assertEquals("0.0 to 1.0", Cli.run("inspect", model).ok().line("input_range"));
  }

  @Test
  void modelOfOtherNumbers() {
    String own = floats("own.npy", 0, 300);
    train(own + "," + labels());
    notes("", own);
    notes("", floats("small.npy", 0, 1));
  }
}
