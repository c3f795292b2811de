package dev.caelum.mcp;

import dev.caelum.service.Spoken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session with one MCP server. */
interface Speaker extends AutoCloseable {
  /**
   * Asks for its tools; takes at most 2 s.
   *
   * @throws NoAnswer when nothing of the kind comes back
   */
  Spoken tools() throws NoAnswer;

  /**
   * Calls a tool.
   *
   * @param arguments one JSON object
   * @param progress hears of progress, by any thread
   */
  Call call(String tool, String arguments, Duration deadline, Consumer<Progress> progress);

  @Override
  void close();

  /** A call under way. */
  interface Call {
    /** The result as MCP has it, one JSON object; fails with {@link CallFailed}. */
    CompletableFuture<String> result();

    /** Tells the server that nobody waits any more. */
    void cancel(String reason);
  }

  /** How far a call is. */
  record Progress(double done, @Nullable Double total, @Nullable String message) {}

  /** What listens there is silent, or no MCP server. */
  final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether something came back, but not MCP. */
    final boolean other;

    NoAnswer(boolean other, String message) {
      super(message);
      this.other = other;
    }
  }
}
