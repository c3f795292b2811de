package dev.caelum.ui.view;

import static java.time.temporal.ChronoUnit.MINUTES;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineFacts;
import dev.caelum.ui.client.MachineState;
import java.time.Instant;
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
    fact("address", address(machine, facts));
    fact("addresses", String.join(", ", facts.addresses()));
    fact("macs", String.join(", ", facts.macs()));
    fact("link", link(machine, facts));
    Double seconds = facts.linkSeconds();
    if (seconds != null) {
      // To the minute, so that it stays the same from one look to the next.
      fact("since", Instant.now().minusMillis((long) (seconds * 1e3)).truncatedTo(MINUTES));
    }
    fact("carried", carried(facts));
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

  /** The address by which the machine is reached, and how this node comes to use it. */
  private static String address(Machine machine, MachineFacts facts) {
    String address = machine.address();
    if (machine.self()) {
      return Words.of("machine.address.self", address);
    }
    if (!facts.path().isEmpty()) {
      return host(facts.path()).equals(host(address))
          ? Words.of("machine.address.link", address)
          : Words.of("machine.address.other", address, facts.path());
    }
    return Words.of(
        machine.state() == MachineState.HEARD ? "machine.address.heard" : "machine.address.last",
        address);
  }

  private static String host(String address) {
    return address.substring(0, Math.max(0, address.lastIndexOf(':')));
  }

  private static @Nullable String carried(MachineFacts facts) {
    Double sent = facts.bytesSent();
    Double received = facts.bytesReceived();
    return sent == null || received == null
        ? null
        : Words.of(
            "machine.carried", Words.bytes(sent.longValue()), Words.bytes(received.longValue()));
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
