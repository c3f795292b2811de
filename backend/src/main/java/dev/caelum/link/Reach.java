package dev.caelum.link;

/**
 * What a TCP connect to a port showed.
 *
 * @param millis from the start of the connect to its answer
 */
public record Reach(Answer answer, long millis) {
  /** The kinds of answer. */
  public enum Answer {
    /** Something accepts connections there. */
    LISTENING,
    /** The host is up and says that nothing listens: the process is gone. */
    REFUSED,
    /** No answer in time, which proves nothing. */
    SILENT,
    /** No route to the address, or the address is none. */
    UNREACHABLE
  }
}
