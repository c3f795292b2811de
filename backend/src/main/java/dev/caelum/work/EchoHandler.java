package dev.caelum.work;

/** Gives the payload back. */
final class EchoHandler implements TaskHandler {
  @Override
  public String type() {
    return "echo";
  }

  @Override
  public String run(TaskContext context) {
    return context.payload();
  }
}
