package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.ArrayList;
import java.util.List;

/** The small words behind a machine's name. */
final class Marks {
  private Marks() {}

  /** One of them, with the rule that its tooltip tells. */
  public record Mark(String kind, String word, String rule) {}

  static List<Mark> of(Machine machine) {
    List<Mark> marks = new ArrayList<>(4);
    if (machine.self()) {
      marks.add(mark("self"));
    }
    if (machine.ignored()) {
      marks.add(mark("ignored"));
    }
    if (machine.state() == MachineState.ALIVE && !machine.connected()) {
      marks.add(mark("unlinked"));
    }
    if (machine.udpBlocked()) {
      marks.add(mark("udp"));
    }
    if (machine.simulated()) {
      marks.add(mark("simulated"));
    } else if (machine.legacy()) {
      marks.add(mark("legacy"));
    }
    if (machine.foreign()) {
      marks.add(mark("foreign", machine.clusterName()));
    }
    if (machine.duplicateId()) {
      marks.add(mark("duplicate", machine.id()));
    }
    return marks;
  }

  private static Mark mark(String kind, String... values) {
    return new Mark(
        kind, Words.of("mark." + kind), Words.of("mark." + kind + ".rule", (Object[]) values));
  }
}
