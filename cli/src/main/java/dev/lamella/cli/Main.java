package dev.lamella.cli;

import dev.lamella.Lamella;
import dev.lamella.train.ProgressBar;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point of {@code lamella}, and where every command ends.
 *
 * <p>Exit codes: 0 for success, 1 for a run that failed (one sentence on standard error), 2 for
 * words that are not understood.
 */
@Command(
    name = "lamella",
    description = "Dense neural networks from the command line.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpWidth = 100,
    versionProvider = Main.Version.class,
    footer = {"", Main.DATA, Main.EXIT_CODES})
public final class Main implements Runnable {
  /** What the commands that read rows say about them. */
  static final String DATA =
      "DATA is a table file.csv, NumPy arrays x.npy,y.npy or arrays.npz:x,arrays.npz:y, or"
          + " images-idx3-ubyte.gz,labels-idx1-ubyte.gz; each file may be gzip.";

  static final String EXIT_CODES = "Exit codes: 0 success, 1 the run failed, 2 wrong usage.";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final Set<String> noted = new HashSet<>();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "When a run fails, show where in the code (as LAMELLA_DEBUG=1 does).")
  private boolean debug;

  private Main(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the words after {@code lamella}
   */
  public static void main(String[] args) {
    Stderr.restore();
    Locale.setDefault(Locale.ROOT); // a decimal comma would break what scripts read
    System.exit(run(System.out, System.err, isTerminal(), args));
  }

  @SuppressWarnings("SystemConsoleNull") // null where the console is java.base's and no terminal
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Runs one command.
   *
   * @param out where results go
   * @param err where the sentence goes that says what failed
   * @param terminal whether a person looks at {@code out}, so that lines may be redrawn
   * @param args the words after {@code lamella}
   * @return the exit code
   */
  static int run(PrintStream out, PrintStream err, boolean terminal, String... args) {
    Main main = new Main(out, err, terminal);
    CommandLine line =
        new CommandLine(main)
            .addSubcommand(new QuickstartCommand(main))
            .addSubcommand(new TrainCommand(main))
            .addSubcommand(new PredictCommand(main))
            .addSubcommand(new EvaluateCommand(main))
            .addSubcommand(new InspectCommand(main))
            .addSubcommand(new DoctorCommand(main))
            .setOut(new PrintWriter(out, true, out.charset()))
            .setErr(new PrintWriter(err, true, err.charset()))
            .setParameterExceptionHandler(main::misunderstood)
            .setExecutionExceptionHandler(main::failed);
    int code;
    try {
      code = line.execute(args);
    } catch (OutOfMemoryError e) {
      err.println("lamella: " + Sentence.of(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (out.checkError() && code == CommandLine.ExitCode.OK) {
      err.println("lamella: standard output was closed before everything was written");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return code;
  }

  /** Where results go. */
  PrintStream out() {
    return out;
  }

  /** The progress line of a training, redrawn in place where a person looks on. */
  ProgressBar progress() {
    return ProgressBar.to(out, terminal);
  }

  /** What there is to say about how data were read; on standard error, as it is no result. */
  void note(List<String> notes) {
    for (String note : notes) {
      if (noted.add(note)) {
        err.println("note: " + note);
      }
    }
  }

  @Override
  public void run() {
    throw new UsageException("Name a command; quickstart is a good first one");
  }

  /** What was not understood, what was perhaps meant, and where to read more. */
  private int misunderstood(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      if (line.getParent() == null) {
        line.usage(err); // short, and has the names of the commands
        return CommandLine.ExitCode.USAGE;
      }
      err.print("Usage: " + line.getHelp().synopsis(0));
    }
    err.println("Try '" + name + " --help' for all of it.");
    return CommandLine.ExitCode.USAGE;
  }

  /** One sentence for the person at the keyboard; the trace only for those who ask. */
  private int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    if (e instanceof UsageException) {
      return misunderstood(
          new ParameterException(line, String.valueOf(e.getMessage())), new String[0]);
    }
    err.println("lamella " + line.getCommandName() + ": " + Sentence.of(e));
    if (debug || System.getenv("LAMELLA_DEBUG") != null) {
      e.printStackTrace(err);
    } else if (!Sentence.isExpected(e)) {
      err.println("This should not happen. Run again with --debug and report what it shows.");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lamella " + Lamella.version()};
    }
  }
}
