package dev.caelum.ui.view;

import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineCommands;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.client.NodeCommands;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be done with several machines at once. */
enum BulkAction {
  /** Tries the way to each. */
  TEST {
    @Override
    boolean fits(Machine machine) {
      return !machine.self();
    }

    @Override
    BulkRun.Outcome run(NodeCommands node, String caller, Machine machine) {
      MachineCommands.Tested tested = node.machines().test(caller, machine.key());
      if (tested.lines().isEmpty()) {
        return told(machine, tested.answer());
      }
      return tested.lines().stream()
          .filter(line -> !line.ok())
          .findFirst()
          .map(line -> new BulkRun.Outcome(machine, false, line.text()))
          .orElseGet(() -> new BulkRun.Outcome(machine, true, ""));
    }
  },
  /** Lets them ask for no attention. */
  IGNORE {
    @Override
    boolean fits(Machine machine) {
      return !machine.self() && !machine.ignored();
    }

    @Override
    BulkRun.Outcome run(NodeCommands node, String caller, Machine machine) {
      return told(machine, node.machines().ignore(caller, machine.key(), true));
    }

    @Override
    BulkAction undo() {
      return UNIGNORE;
    }
  },
  /** Undoes {@link #IGNORE}. */
  UNIGNORE {
    @Override
    boolean fits(Machine machine) {
      return machine.ignored();
    }

    @Override
    BulkRun.Outcome run(NodeCommands node, String caller, Machine machine) {
      return told(machine, node.machines().ignore(caller, machine.key(), false));
    }
  },
  /** Takes machines that are gone out of the table. */
  FORGET {
    @Override
    boolean fits(Machine machine) {
      return !machine.self()
          && (machine.state() == MachineState.DEAD || machine.state() == MachineState.LEFT);
    }

    @Override
    BulkRun.Outcome run(NodeCommands node, String caller, Machine machine) {
      return told(machine, node.machines().forget(caller, machine.key()));
    }

    @Override
    BulkAction undo() {
      return REMEMBER;
    }
  },
  /** Undoes {@link #FORGET}. */
  REMEMBER {
    @Override
    boolean fits(Machine machine) {
      return false;
    }

    @Override
    BulkRun.Outcome run(NodeCommands node, String caller, Machine machine) {
      return told(machine, node.machines().remember(caller, machine.key()));
    }
  };

  /** The name in the dictionary. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be done with {@code machine} as it is now. */
  abstract boolean fits(Machine machine);

  /** Does it with one machine and waits for the node's answer. */
  abstract BulkRun.Outcome run(NodeCommands node, String caller, Machine machine);

  /** What undoes it; null when there is nothing to undo. */
  @Nullable BulkAction undo() {
    return null;
  }

  static BulkRun.Outcome told(Machine machine, Answer answer) {
    return new BulkRun.Outcome(machine, answer.success(), answer.text());
  }
}
