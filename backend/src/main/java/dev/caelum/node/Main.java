package dev.caelum.node;

import dev.caelum.cli.Caelum;
import dev.caelum.cli.StartFailed;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name. */
  public static void main(String[] args) {
    int status =
        Caelum.commandLine(
                config -> {
                  throw new StartFailed("This build has no node to start.");
                },
                args)
            .execute(args);
    System.exit(status);
  }
}
