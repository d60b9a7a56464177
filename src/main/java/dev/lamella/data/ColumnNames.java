package dev.lamella.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of columns, each once: those of a file as pandas would change them. */
final class ColumnNames {
  private ColumnNames() {}

  /** Indexes from 0. */
  static List<String> places(int columns) {
    List<String> names = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      names.add(Integer.toString(i));
    }
    return names;
  }

  /**
   * The cells of a line of names: {@code Unnamed: 0} for empty ones, {@code a.1} for a second a.
   */
  static List<String> distinct(List<String> cells) {
    List<String> wanted = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      wanted.add(cells.get(i).isEmpty() ? "Unnamed: " + i : cells.get(i));
    }
    Set<String> all = new HashSet<>(wanted);
    if (all.size() == wanted.size()) {
      return wanted;
    }
    Set<String> taken = new HashSet<>();
    Map<String, Integer> next = new HashMap<>(); // the number to try for a name that comes again
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i);
      for (int number = next.getOrDefault(name, 1); !taken.add(wanted.get(i)); number++) {
        String numbered = name + "." + number;
        next.put(name, number + 1);
        if (!all.contains(numbered)) { // another column has it from the start
          wanted.set(i, numbered);
        }
      }
    }
    return wanted;
  }
}
