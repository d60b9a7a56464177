package dev.lamella.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code lamella}. */
@Command(
    name = "lamella",
    description = "Dense neural networks from the command line.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the words after {@code lamella}
   */
  public static void main(String[] args) {
    Stderr.restore();
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lamella " + Main.class.getPackage().getImplementationVersion()};
    }
  }
}
