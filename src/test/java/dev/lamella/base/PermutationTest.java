package dev.lamella.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Property
  void everyRowComesOnce(@ForAll @IntRange(max = 2000) int rows, @ForAll long seed) {
    int[] order = Permutation.of(rows, seed);
    Arrays.sort(order);
    assertArrayEquals(Permutation.identity(rows), order);
  }

  @Test
  void aSeedMeansTheSameOrderForever() {
    // From the algorithm's description, written once more in Python.
    assertArrayEquals(new int[] {8, 3, 6, 5, 4, 0, 9, 2, 1, 7}, Permutation.of(10, 42));
    assertArrayEquals(new int[] {4, 9, 2, 1, 6, 0, 8, 3, 5, 7}, Permutation.of(10, 43));
  }

  @Test
  void firstPlacesAreUniform() {
    int[] counts = new int[10];
    for (int seed = 0; seed < 10_000; seed++) {
      counts[Permutation.of(10, seed)[0]]++;
    }
    for (int count : counts) {
      // 1000 expected, deviation 30: beyond five deviations something is wrong.
      assertEquals(1000, count, 150);
    }
  }
}
