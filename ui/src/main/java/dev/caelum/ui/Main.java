package dev.caelum.ui;

/** Starts a node and its dashboard in one process. */
public final class Main {
  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] args) {
    System.out.println("dashboard");
  }
}
