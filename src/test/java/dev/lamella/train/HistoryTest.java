package dev.lamella.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.data.DataException;
import dev.lamella.net.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  private final Network network = Network.builder(1).dense(1).build(1);

  @Test
  void isATableWithMetricsAndValidation() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mae", 0.5);
    metrics.put("accuracy", 1.0);
    Epoch epoch =
        new Epoch(
            1,
            new Evaluation(10, 0.1 + 0.2, metrics),
            1e-3f,
            0.25,
            Optional.of(new Evaluation(5, 2, metrics)));
    assertEquals(
        """
        epoch,loss,learning_rate,seconds,mae,accuracy,val_loss,val_mae,val_accuracy
        1,0.30000000000000004,0.001,0.250000,0.5,1.0,2.0,0.5,1.0
        """,
        new History(network, List.of(epoch)).toCsv());
  }

  @Test
  void needsNeither(@TempDir Path folder) throws IOException {
    Evaluation value = new Evaluation(10, 3, Map.of());
    History history =
        new History(
            network,
            List.of(
                new Epoch(1, value, 0.1, 12.3456789, Optional.empty()),
                new Epoch(2, value, 0.05, 0, Optional.empty())));
    Path file = folder.resolve("history.csv");
    history.write(file);
    assertEquals(
        """
        epoch,loss,learning_rate,seconds
        1,3.0,0.1,12.345679
        2,3.0,0.05,0.000000
        """,
        Files.readString(file));
    assertEquals(2, history.last().epoch());
  }

  @Test
  void saysWhatIsMissing(@TempDir Path folder) {
    History empty = new History(network, List.of());
    assertEquals("epoch,loss,learning_rate,seconds\n", empty.toCsv());
    assertEquals(
        "no epoch was completed",
        assertThrows(IllegalStateException.class, empty::last).getMessage());
    Path nowhere = folder.resolve("no/such/folder.csv");
    assertTrue(
        assertThrows(DataException.class, () -> empty.write(nowhere))
            .getMessage()
            .startsWith(nowhere + " cannot be written: the folder "));
  }
}
