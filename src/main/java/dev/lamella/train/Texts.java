package dev.lamella.train;

import java.util.Locale;

/** Numbers as a progress line shows them: short, and the same in every locale. */
final class Texts {

  private Texts() {}

  /** A loss or metric: four decimals where they say something. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return String.format(Locale.ROOT, size < 100 ? "%.4f" : "%.1f", value);
  }

  /** A count a second, with three digits: {@code 87}, {@code 28.3 k}, {@code 1.42 M}. */
  static String speed(double value) {
    if (value >= 999.5e6) {
      return digits(value / 1e9) + " G";
    }
    if (value >= 999.5e3) {
      return digits(value / 1e6) + " M";
    }
    return value >= 999.5 ? digits(value / 1e3) + " k" : digits(value);
  }

  private static String digits(double value) {
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }

  /** A duration: {@code 0:03}, {@code 12:34}, {@code 1:02:03}. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
