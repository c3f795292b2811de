package dev.caelum.webhook;

/**
 * How a receiver took one message.
 *
 * @param status of its answer; 0 when none came
 * @param text the beginning of its answer, else why none came; clean for display
 */
public record Delivered(int status, String text, long millis) {
  /** Whether it took it. */
  public boolean taken() {
    return status >= 200 && status < 300;
  }

  /** Whether it may take the same later. */
  boolean later() {
    return !taken() && (status < 400 || status >= 500 || status == 408 || status == 429);
  }

  /** For people: {@code HTTP 500} or why there was no answer. */
  public String reason() {
    return status == 0 ? text : "HTTP " + status;
  }
}
