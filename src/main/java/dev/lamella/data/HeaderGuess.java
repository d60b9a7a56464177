package dev.lamella.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the first line of a file has the names of its columns, seen from the first rows below it.
 *
 * @param names whether it has
 * @param clear whether the content left no choice
 */
record HeaderGuess(boolean names, boolean clear) {
  /**
   * Looks at the first line and those below.
   *
   * @param first its cells
   * @param below the cells of further lines, as many as the first has or not
   */
  static HeaderGuess of(List<String> first, List<List<String>> below) {
    boolean distinct = new HashSet<>(first).size() == first.size();
    if (below.isEmpty()) {
      boolean names = distinct && first.stream().allMatch(HeaderGuess::isWord);
      return new HeaderGuess(names, true);
    }
    Evidence evidence = new Evidence();
    for (int c = 0; c < first.size(); c++) {
      evidence.add(first.get(c), below, c);
    }
    return evidence.judge(distinct, first.size());
  }

  private static boolean isWord(String cell) {
    return !Cells.MISSING.contains(cell) && !Cells.isInfinite(cell) && !Cells.looksLikeNumber(cell);
  }

  /** A number that could be a name: 7 or 2019, but not 7.5 or -7. */
  private static boolean isWhole(String cell) {
    return !cell.isEmpty()
        && cell.length() < 10
        && cell.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isYear(double number) {
    return number >= 1800 && number <= 2200 && number == Math.rint(number);
  }

  /** What the columns say, one after the other. */
  private static final class Evidence {
    private int words;
    private int numbers;
    private int wordsOverNumbers;
    private boolean namesOnly = true; // all numbers are whole
    private boolean unlike = true; // all numbers are unlike those below them
    private boolean comesAgain; // a word does, in its own column
    private boolean years = true;
    private boolean inARow = true; // each number is one more than the number before
    private double last = Double.NaN;
    private final Set<String> distinctNumbers = new HashSet<>();

    void add(String cell, List<List<String>> below, int column) {
      Below cells = Below.of(below, column, cell);
      if (isWord(cell)) {
        words++;
        boolean slip = Cells.isDigit(cell.charAt(0)); // as in 1O
        wordsOverNumbers += cells.numbers > 0 && cells.words == 0 && !slip ? 1 : 0;
        comesAgain |= cells.again;
      } else if (Cells.looksLikeNumber(cell)) {
        numbers++;
        distinctNumbers.add(cell);
        boolean whole = isWhole(cell);
        double number = whole ? Double.parseDouble(cell) : Double.NaN;
        namesOnly &= whole;
        boolean empty = cells.numbers == 0 && cells.words == 0;
        boolean noYears = isYear(number) && !cells.years;
        unlike &= empty || cells.fractions || cells.words > 0 || noYears;
        years &= isYear(number);
        inARow &= numbers == 1 || number == last + 1;
        last = number;
      }
    }

    HeaderGuess judge(boolean distinct, int columns) {
      if (numbers == 0) {
        if (wordsOverNumbers > 0) {
          return new HeaderGuess(true, true);
        }
        // Words above words, and cells without content.
        return new HeaderGuess(distinct && words == columns && !comesAgain, words == 0);
      }
      boolean mayBeNames = namesOnly && distinctNumbers.size() == numbers;
      boolean sequence = mayBeNames && (years || (inARow && numbers > 2));
      if (wordsOverNumbers > 0) {
        boolean names = wordsOverNumbers > numbers || (mayBeNames && unlike);
        return new HeaderGuess(names, false);
      }
      return new HeaderGuess(sequence && unlike && !comesAgain, !sequence);
    }
  }

  /** The cells of a column below its first. */
  private static final class Below {
    private int numbers;
    private int words;
    private boolean fractions;
    private boolean years = true; // all numbers could be
    private boolean again;

    static Below of(List<List<String>> rows, int column, String first) {
      Below below = new Below();
      for (List<String> row : rows) {
        if (column < row.size()) {
          below.add(row.get(column).strip(), first);
        }
      }
      return below;
    }

    private void add(String cell, String first) {
      if (Cells.MISSING.contains(cell) || Cells.isInfinite(cell)) {
        return;
      }
      again |= cell.equals(first);
      if (!Cells.looksLikeNumber(cell)) {
        words++;
        return;
      }
      numbers++;
      double number = Cells.number(cell);
      fractions |= number != Math.rint(number); // so are numbers that are not plain
      years &= isYear(number);
    }
  }
}
