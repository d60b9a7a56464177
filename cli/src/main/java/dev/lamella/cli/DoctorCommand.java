package dev.lamella.cli;

import dev.lamella.Lamella;
import picocli.CommandLine.Command;

/** {@code lamella doctor}: what this runs on and which kernels it chose, for bug reports. */
@Command(
    name = "doctor",
    customSynopsis = "lamella doctor",
    description = "Show the Java this runs on, the kernels that compute, and why those.",
    footer = {"", Main.EXIT_CODES})
final class DoctorCommand implements Runnable {
  private final Main main;

  DoctorCommand(Main main) {
    this.main = main;
  }

  @Override
  public void run() {
    main.out().print(Lamella.report());
    main.out().println("Java home   " + System.getProperty("java.home"));
    main.out()
        .printf("Memory      at most %,d MB of heap%n", Runtime.getRuntime().maxMemory() >> 20);
  }
}
