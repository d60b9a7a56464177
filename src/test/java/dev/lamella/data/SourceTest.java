package dev.lamella.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamella.Allocations;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void memoryGrowsAsTheBytesOfAPipeArrive() {
    int promised = 64 << 20;
    try (Source source = Source.of("pipe", new ByteArrayInputStream(new byte[1000]))) {
      long before = Allocations.soFar();
      DataException refused =
          assertThrows(DataException.class, () -> source.bytes(promised, "pixels"));
      long allocated = Allocations.soFar() - before;
      assertTrue(allocated < 8 << 20, allocated + " bytes for the 1000 that came");
      assertEquals(
          "pipe is truncated: %d bytes of pixels are missing; copy the file again"
              .formatted(promised - 1000),
          refused.getMessage());
    }
    byte[] some = {1, 2, 3, 4};
    try (Source source = Source.of("pipe", new ByteArrayInputStream(some))) {
      assertArrayEquals(new byte[] {1, 2, 3}, source.bytes(3, "pixels"));
    }
  }
}
