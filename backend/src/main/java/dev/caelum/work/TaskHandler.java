package dev.caelum.work;

/**
 * Does the tasks of one type. Found by {@link java.util.ServiceLoader} on the class path of the
 * node: a public class with a public constructor without parameters, named in {@code
 * META-INF/services/dev.caelum.work.TaskHandler}.
 *
 * <p>It runs in a process of its own with a small heap and an empty environment, one task at a time
 * and the same process for many. A task may be run more than once, also when its first run did all
 * its work: whoever changes something outside passes {@link TaskContext#task()} and {@link
 * TaskContext#epoch()} on as its fence. What it writes to the standard output is thrown away.
 */
public interface TaskHandler {
  /** The type of its tasks: 1 to 64 of {@code a-z 0-9 _ . -}. */
  String type();

  /**
   * Does one task.
   *
   * @return the result, as JSON text of at most 256 Ki characters
   * @throws TaskFailed with the reason that the submitter is told
   * @throws InterruptedException when it is to stop; any other exception fails the attempt too
   */
  String run(TaskContext context) throws TaskFailed, InterruptedException;
}
