package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineFacts;
import org.jspecify.annotations.Nullable;

/** What is to know of a machine: where it is, what it is, how it is linked. */
final class MachineFactsList extends Facts {
  MachineFactsList() {
    super("machine-facts", "machine.fact.");
  }

  void show(MachineFacts facts) {
    Machine machine = facts.machine();
    fact("hostname", machine.label().isEmpty() ? "" : machine.hostname());
    fact("tags", String.join(", ", machine.tags()));
    fact("note", machine.note());
    fact("address", machine.address());
    fact("addresses", String.join(", ", facts.addresses()));
    fact("macs", String.join(", ", facts.macs()));
    fact("link", link(machine, facts));
    if (!machine.self()) {
      fact("rtt", Words.way(machine));
    }
    fact("cpu", cpu(machine));
    fact("memory", memory(machine, facts));
    fact("disk", free(facts.diskPercent(), facts.diskFreeGb(), facts.diskTotalGb()));
    fact("gpus", facts.gpus() == 0 ? "" : Integer.toString(facts.gpus()));
    fact("services", String.join(", ", facts.services()));
    fact("version", machine.version());
    fact("system", facts.system());
    fact("cluster", machine.clusterName());
    fact("id", machine.id());
    fact("instance", facts.instance());
    if (facts.instance() != null) {
      fact("incarnation", Long.toString(facts.incarnation()));
    }
    showFacts();
  }

  private static String link(Machine machine, MachineFacts facts) {
    if (machine.self()) {
      return "";
    }
    String direction = machine.direction();
    if (direction == null) {
      return Words.of("machine.link.none");
    }
    return Words.of(
        direction.equals("outbound") ? "machine.link.out" : "machine.link.in", facts.path());
  }

  private static String cpu(Machine machine) {
    String percent = Words.percent(machine.cpuPercent());
    Integer cores = machine.cpuCores();
    return cores == null ? percent : Words.of("machine.cores", percent, cores);
  }

  private static String memory(Machine machine, MachineFacts facts) {
    return free(machine.memoryPercent(), facts.memoryFreeGb(), machine.memoryTotalGb());
  }

  private static String free(
      @Nullable Double percent, @Nullable Double free, @Nullable Double total) {
    return free == null || total == null
        ? Words.percent(percent)
        : Words.of(
            "machine.free",
            Words.percent(percent),
            TaskFacts.number(free),
            TaskFacts.number(total));
  }
}
