package dev.caelum.ui.view;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to know of a machine: where it is, what it is, how it is linked. */
final class MachineFactsList extends DescriptionList {
  private List<String> shown = List.of();

  MachineFactsList() {
    addClassName("facts");
    setTestId("machine-facts");
  }

  void show(MachineFacts facts) {
    Machine machine = facts.machine();
    List<Element> now = new ArrayList<>();
    fact(now, "address", machine.address());
    fact(now, "addresses", String.join(", ", facts.addresses()));
    fact(now, "macs", String.join(", ", facts.macs()));
    fact(now, "link", link(machine, facts));
    if (!machine.self()) {
      fact(now, "rtt", Words.way(machine));
    }
    fact(now, "cpu", cpu(machine));
    fact(now, "memory", memory(machine, facts));
    fact(now, "disk", free(facts.diskPercent(), facts.diskFreeGb(), facts.diskTotalGb()));
    fact(now, "gpus", facts.gpus() == 0 ? "" : Integer.toString(facts.gpus()));
    fact(now, "services", String.join(", ", facts.services()));
    fact(now, "version", machine.version());
    fact(now, "system", facts.system());
    fact(now, "cluster", machine.clusterName());
    fact(now, "id", machine.id());
    fact(now, "instance", facts.instance());
    if (facts.instance() != null) {
      fact(now, "incarnation", Long.toString(facts.incarnation()));
    }
    List<String> texts = now.stream().map(Element::getOuterHTML).toList();
    if (!texts.equals(shown)) {
      shown = texts;
      getElement().removeAllChildren();
      now.forEach(getElement()::appendChild);
    }
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

  /** What is empty was not told, and is left out. */
  private static void fact(List<Element> facts, String key, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    Element term = new Element("dt");
    term.setText(Words.of("machine.fact." + key));
    Element text = new Element("bdi");
    text.setText(value);
    Element description = new Element("dd");
    description.appendChild(text);
    Element fact = new Element("div");
    fact.setAttribute("data-fact", key);
    fact.appendChild(term, description);
    facts.add(fact);
  }
}
