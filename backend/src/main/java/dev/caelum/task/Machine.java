package dev.caelum.task;

import org.jspecify.annotations.Nullable;

/**
 * A machine as the coordinator's node knows it.
 *
 * @param key its row in the machine list
 * @param standing whether work could be sent there
 * @param capacity all it has; null = not known
 */
public record Machine(
    String key, String id, String name, Standing standing, @Nullable ResourceNeed capacity) {

  /** Whether work could be sent to a machine. */
  public enum Standing {
    /** The coordinator's own. */
    SELF,
    /** Alive and linked. */
    LINKED,
    /** Alive, without a link at present. */
    UNLINKED,
    /** An old node with a link. */
    LEGACY,
    /** Suspected: it may have died. */
    SUSPECT,
    /** Dead, left, or only heard of. */
    ABSENT,
    /** Of another cluster. */
    FOREIGN,
    /** Another live machine has the same id: which of the two is meant is not certain. */
    CLONED
  }

  /** Whether somebody who writes {@code name} means it: its name, id or key. */
  boolean called(String name) {
    return name.equals(key) || name.equals(id) || name.equalsIgnoreCase(this.name);
  }
}
