package dev.caelum.task;

import java.util.List;

/** What the coordinator's core is told. */
public sealed interface TaskInput {
  /**
   * Somebody submits a task.
   *
   * @param token names the submitter in the {@link TaskEffect.Answer}
   * @param row new: queued, epoch 0
   */
  record Submitted(long token, TaskRow row) implements TaskInput {}

  /** Queued tasks that were claimed from the store. */
  record Claimed(List<TaskRow> rows) implements TaskInput {
    public Claimed {
      rows = List.copyOf(rows);
    }
  }

  /** Tasks that are handed out already: before a restart, or by a coordinator that is gone. */
  record Adopted(List<TaskRow> rows) implements TaskInput {
    public Adopted {
      rows = List.copyOf(rows);
    }
  }

  /** The store refused to write these: they are another coordinator's. */
  record NotOurs(List<String> ids) implements TaskInput {
    public NotOurs {
      ids = List.copyOf(ids);
    }
  }

  /** Every machine that this node knows now. */
  record Machines(List<Machine> machines) implements TaskInput {
    public Machines {
      machines = List.copyOf(machines);
    }
  }

  /** A worker says something. */
  record Said(String worker, WorkMessage message) implements TaskInput {}

  /** The link with a worker is gone. */
  record Lost(String worker) implements TaskInput {}

  /** These could not be sent: the link is full or gone. */
  record Unsent(String worker, List<Lease> leases) implements TaskInput {
    public Unsent {
      leases = List.copyOf(leases);
    }
  }

  /** Somebody calls a task off. */
  record Cancel(long token, String id, String by) implements TaskInput {}

  /** Whether the store can be written; while it cannot, nothing is handed out. */
  record StoreUp(boolean up) implements TaskInput {}

  /** Time went by; several times a second. */
  record Tick() implements TaskInput {}
}
