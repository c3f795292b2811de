package dev.caelum.cli;

import static dev.caelum.fuzz.Invariant.require;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as the stream of events that a node answers the command line with. */
public final class ServerEventFuzz {
  private ServerEventFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] stream) {
    try {
      ServerEvent.readAll(
          new ByteArrayInputStream(stream),
          event -> {
            String shown = JsonText.safe(event.data());
            require(shown.chars().noneMatch(Character::isISOControl), "not safe: " + shown);
            return true;
          });
    } catch (IOException refused) {
      require(refused.getMessage() != null, "a refusal without a reason");
    }
  }
}
