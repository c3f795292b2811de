package dev.caelum.cli;

import dev.caelum.config.ConfigRefused;
import dev.caelum.logging.Printable;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line: all commands of a node, and what its exit codes mean. */
@Command(
    name = "caelum",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Caelum.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Every machine on the LAN, found, linked and shown live.",
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the thing asked for failed (connection refused, nobody found)",
      "2:mistake in the command line or the configuration",
      "3:no JDK 25 or newer found (launcher)",
      "4:no node answers at the given address",
      "5:the node could not start (port in use, data folder taken)"
    })
public final class Caelum implements Runnable {
  private static final List<String> COMMANDS =
      List.of(
          "beacon",
          "status",
          "machines",
          "discover",
          "connect",
          "events",
          "task",
          "worker",
          "resources",
          "services",
          "ports",
          "identity",
          "backup",
          "restore",
          "migrate",
          "config");

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  private Caelum() {}

  /**
   * The command line, ready for further commands and {@code execute(args)}.
   *
   * @param launcher runs the node for {@code beacon}
   * @param args what will be executed; when they name a command, only that one is built, which
   *     saves a third of picocli's share of the start
   */
  public static CommandLine commandLine(NodeLauncher launcher, String... args) {
    CommandLine root = new CommandLine(new Caelum());
    boolean named = args.length > 0 && COMMANDS.contains(args[0]);
    for (String name : named ? List.of(args[0]) : COMMANDS) {
      root.addSubcommand(command(name, launcher));
    }
    root.setOut(utf8(System.out));
    root.setErr(utf8(System.err));
    root.setExecutionExceptionHandler(Caelum::explain);
    root.setParameterExceptionHandler(Caelum::explain);
    return root;
  }

  private static Object command(String name, NodeLauncher launcher) {
    return switch (name) {
      case "beacon" -> new BeaconCommand(launcher);
      case "status" -> new StatusCommand();
      case "machines" -> new MachinesCommand();
      case "discover" -> new DiscoverCommand(Caelum::isTerminal);
      case "connect" -> new ConnectCommand();
      case "events" -> new EventsCommand();
      case "identity" -> new IdentityCommand(Caelum::isTerminal, Caelum::typed);
      case "task" -> new TaskCommand();
      case "worker" -> new WorkerCommand();
      case "resources" -> new ResourcesCommand();
      case "services" -> new ServicesCommand();
      case "ports" -> new PortsCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand(Caelum::isTerminal, Caelum::typed);
      case "migrate" -> new MigrateCommand();
      case "config" -> new ConfigCommand();
      default -> throw new IllegalArgumentException("no command " + name);
    };
  }

  // Since JDK 25 it is null again where input or output is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  /** One line from the terminal; null at its end. */
  @SuppressWarnings("SystemConsoleNull")
  private static @Nullable String typed() {
    Console console = System.console();
    return console == null ? null : console.readLine();
  }

  /** Whatever the locale: names of machines are not limited to it. */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  private static int explain(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Printable.of(mistake.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int explain(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    PrintWriter err = command.getErr();
    return switch (error) {
      case ConfigRefused refused -> {
        print(err, refused.problems().stream());
        yield ExitCode.USAGE;
      }
      case StartFailed failed -> {
        print(err, String.valueOf(failed.getMessage()).lines());
        yield ExitCode.START_FAILED;
      }
      case NotReachable silent -> {
        print(err, String.valueOf(silent.getMessage()).lines());
        yield ExitCode.NOT_REACHABLE;
      }
      case ApiRefused refused -> {
        print(err, String.valueOf(refused.getMessage()).lines());
        yield ExitCode.FAILED;
      }
      default -> throw error;
    };
  }

  private static void print(PrintWriter err, Stream<String> lines) {
    lines.map(Printable::of).forEach(err::println);
  }

  /** The version of this build; {@code unknown} when its resource is missing. */
  public static String version() {
    try (InputStream in = Caelum.class.getResourceAsStream("/caelum-version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Reads the version that the build wrote. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"caelum " + version()};
    }
  }
}
