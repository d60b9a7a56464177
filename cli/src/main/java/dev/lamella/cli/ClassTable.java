package dev.lamella.cli;

import dev.lamella.data.Target;
import dev.lamella.text.Quoted;
import dev.lamella.train.ClassScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Recall and precision of each class as lines to read; of many classes the worst few. */
final class ClassTable {
  private static final int MOST = 20; // classes that are all shown
  private static final int WORST = 5; // of more
  private static final int NAME = 40; // characters of a class name

  private ClassTable() {}

  static String of(ClassScores scores, Target target) {
    List<Integer> asked =
        IntStream.range(0, scores.classes()).filter(c -> scores.rows(c) > 0).boxed().toList();
    List<Integer> shown = all(scores);
    StringBuilder text = new StringBuilder();
    if (shown.size() > MOST) {
      shown = new ArrayList<>(asked);
      shown.sort(Comparator.comparingDouble(scores::recall)); // stable: of equal ones the first
      shown = shown.subList(0, Math.min(WORST, shown.size()));
      text.append("classes   the worst %d of %d by recall%n".formatted(shown.size(), asked.size()));
    }
    List<String> names = shown.stream().map(c -> name(target, c)).toList();
    int width = Math.max(9, names.stream().mapToInt(String::length).max().orElse(0));
    String format = "%-" + width + "s %8s %8s %10s%n";
    text.append(String.format(Locale.ROOT, format, "class", "rows", "recall", "precision"));
    for (int i = 0; i < shown.size(); i++) {
      int c = shown.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              format,
              names.get(i),
              scores.rows(c),
              share(scores.recall(c)),
              share(scores.precision(c))));
    }
    return text.append(never(scores, target)).toString();
  }

  /** The classes that there is something to say about. */
  private static List<Integer> all(ClassScores scores) {
    return IntStream.range(0, scores.classes())
        .filter(c -> scores.rows(c) > 0 || scores.answers(c) > 0)
        .boxed()
        .toList();
  }

  private static String never(ClassScores scores, Target target) {
    List<Integer> never = scores.neverAnswered();
    if (never.isEmpty()) {
      return "";
    }
    String names =
        never.stream().limit(WORST).map(c -> name(target, c)).collect(Collectors.joining(", "));
    return "NEVER     the network never answers %s%s%n"
        .formatted(
            names, never.size() > WORST ? " and %d more".formatted(never.size() - WORST) : "");
  }

  /** A class as people know it, cut and escaped. */
  static String name(Target target, int label) {
    return label < target.classes().size()
        ? Quoted.shown(target.classes().get(label), NAME)
        : Integer.toString(label);
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.4f", share);
  }
}
