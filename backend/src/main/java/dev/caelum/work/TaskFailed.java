package dev.caelum.work;

/** An attempt failed, and why. */
public final class TaskFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean mendable;

  /**
   * @param code a word for programs, of {@code a-z _}
   * @param text a sentence for people
   * @param mendable whether another attempt, here or elsewhere, may succeed
   */
  public TaskFailed(String code, String text, boolean mendable) {
    super(text);
    this.code = code;
    this.mendable = mendable;
  }

  /** The payload is not what the handler takes; no other attempt will help. */
  static TaskFailed payload(String rule) {
    return new TaskFailed("payload", rule, false);
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public boolean mendable() {
    return mendable;
  }
}
