package dev.caelum.cli;

/** No node answers at the address that was asked; the message says what was tried. */
final class NotReachable extends Exception {
  private static final long serialVersionUID = 1;

  NotReachable(String message) {
    super(message);
  }
}
