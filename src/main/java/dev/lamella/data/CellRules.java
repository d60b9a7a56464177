package dev.lamella.data;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cells of a whole file have in common.
 *
 * @param missing the texts that say that there is nothing
 * @param missingNumbers those of them that are numbers, such as -999
 * @param commaSeparates whether cells stand between commas, so that a comma in one is hardly a
 *     decimal sign
 */
record CellRules(Set<String> missing, Set<Double> missingNumbers, boolean commaSeparates) {
  static CellRules of(Set<String> missing, boolean commaSeparates) {
    Set<Double> numbers =
        missing.stream()
            .map(Cells::number)
            .filter(number -> !Double.isNaN(number))
            .collect(Collectors.toUnmodifiableSet());
    return new CellRules(missing, numbers, commaSeparates);
  }
}
