package dev.caelum.cli;

/** What the process's exit status tells; the same list as in {@code docs/configuration.md}. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** The thing asked for failed: a refused connection, a discovery that found nobody. */
  public static final int FAILED = 1;

  /** A mistake in the command line or the configuration. */
  public static final int USAGE = 2;

  /** No JDK; used by the launcher script only. */
  public static final int NO_JDK = 3;

  /** No node answers at the given address. */
  public static final int NOT_REACHABLE = 4;

  /** The node could not start: a port in use, the data folder taken. */
  public static final int START_FAILED = 5;

  private ExitCode() {}
}
