package dev.caelum.logging;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets the process's logging up: every record as one line on standard output, in UTF-8. */
public final class Logs {
  /** Libraries that tell at INFO what only their developers want to know. */
  private static final List<String> NOISY =
      List.of(
          "io.helidon",
          "com.vaadin",
          "org.eclipse.jetty",
          "org.atmosphere",
          "org.flywaydb",
          "com.zaxxer",
          "org.postgresql",
          "oshi",
          "jdk");

  static {
    // Only heard when nothing has logged yet: Main calls configure() first.
    System.setProperty("java.util.logging.manager", Keeper.class.getName());
    // Helidon would configure JUL anew at its start.
    System.setProperty("io.helidon.logging.config.disabled", "true");
  }

  // JUL holds loggers weakly: without these references the levels set below would be forgotten.
  private static final List<Logger> HELD = NOISY.stream().map(Logger::getLogger).toList();

  /** Tells, with two stack traces, why the server cannot start; the node tells it in one line. */
  private static final Logger HELIDON_START = Logger.getLogger("io.helidon.webserver.LoomServer");

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger CAELUM = Logger.getLogger("dev.caelum");

  private Logs() {}

  /**
   * Replaces whatever logging was configured before.
   *
   * @param verbose our own DEBUG lines (JUL's FINE) and the INFO lines of libraries too
   * @param json one JSON object a line instead of text
   */
  public static void configure(boolean verbose, boolean json) {
    configure(verbose, json, System.out);
  }

  static void configure(boolean verbose, boolean json, OutputStream out) {
    LogManager manager = LogManager.getLogManager();
    if (manager instanceof Keeper keeper) {
      keeper.resetNow();
    } else {
      manager.reset();
    }
    ROOT.setLevel(Level.INFO);
    ROOT.addHandler(new LineHandler(out, json ? new JsonFormatter() : new TextFormatter()));
    CAELUM.setLevel(verbose ? Level.FINE : Level.INFO);
    HELD.forEach(logger -> logger.setLevel(verbose ? Level.INFO : Level.WARNING));
    HELIDON_START.setLevel(verbose ? Level.INFO : Level.OFF);
  }

  /**
   * Keeps the handlers when the process is told to stop: JUL's own shutdown hook would take them
   * away while the node still says goodbye. Public because JUL makes it by name.
   */
  public static final class Keeper extends LogManager {
    @Override
    public void reset() {}

    void resetNow() {
      super.reset();
    }
  }

  /** Writes each record as one piece, so that lines of several threads never mix. */
  private static final class LineHandler extends Handler {
    private final OutputStream out;

    LineHandler(OutputStream out, Formatter formatter) {
      this.out = out;
      setFormatter(formatter);
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      if (!isLoggable(entry)) {
        return;
      }
      try {
        byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        out.flush();
      } catch (Exception e) {
        reportError(null, e, ErrorManager.WRITE_FAILURE);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
