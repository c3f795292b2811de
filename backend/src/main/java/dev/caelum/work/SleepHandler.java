package dev.caelum.work;

/** Waits {@code ms} milliseconds, 0 to 24 h, and tells how far it is. */
final class SleepHandler implements TaskHandler {
  private static final long DAY = 86_400_000;
  private static final long STEP = 250;

  @Override
  public String type() {
    return "sleep";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    long millis = Payload.of(context.payload()).whole("ms", null, 0, DAY);
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      Thread.sleep(Math.min(left, STEP));
      if (millis > STEP) {
        context.progress((int) (100 - Math.max(0, left - STEP) * 100 / millis), null);
      }
    }
    return "{\"ms\":" + millis + "}";
  }
}
