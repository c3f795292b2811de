package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.caelum.ui.client.Machine;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Machines as a file for other programs; simulated ones are marked. */
final class MachineExport {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String FORMULA = "=+-@\t\r";

  private MachineExport() {}

  /** What a file of machines can be. */
  enum Kind {
    CSV("csv", "text/csv") {
      @Override
      String text(List<Machine> machines) {
        return csv(machines);
      }
    },
    JSON("json", "application/json") {
      @Override
      String text(List<Machine> machines) {
        return json(machines);
      }
    };

    private final String ending;
    private final String type;

    Kind(String ending, String type) {
      this.ending = ending;
      this.type = type;
    }

    abstract String text(List<Machine> machines);
  }

  /**
   * A link to a file of the machines that {@code which} gives when it is followed.
   *
   * @param place with what the names of its words begin
   */
  static Anchor file(String place, Kind kind, Supplier<List<Machine>> which) {
    Anchor anchor =
        new Anchor(
            DownloadHandler.fromInputStream(event -> {
              byte[] bytes = kind.text(which.get()).getBytes(StandardCharsets.UTF_8);
              return new DownloadResponse(
                  new ByteArrayInputStream(bytes),
                  "machines." + kind.ending,
                  kind.type,
                  bytes.length);
            }),
            Words.of(place + kind.ending));
    anchor.setTestId(place.replace('.', '-') + kind.ending);
    return anchor;
  }

  /** RFC 4180, with a header; unknown is empty. */
  static String csv(List<Machine> machines) {
    StringBuilder out =
        new StringBuilder(
            "key,id,hostname,own_name,state,connected,ignored,simulated,address,version,"
                + "cpu_percent,memory_percent,services,rtt_ms,tags,note\r\n");
    for (Machine machine : machines) {
      out.append(
              facts(machine).values().stream()
                  .map(MachineExport::cell)
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return out.toString();
  }

  /** One object with the list {@code machines}. */
  static String json(List<Machine> machines) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Machine machine : machines) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      facts(machine)
          .forEach((name, value) -> {
            switch (value) {
              case Boolean flag -> object.add(name, flag);
              case Integer number -> object.add(name, number);
              case Double number -> object.add(name, number);
              default -> object.add(name, value.toString());
            }
          });
      list.add(object);
    }
    return JSON.createObjectBuilder().add("machines", list).build().toString();
  }

  private static Map<String, Object> facts(Machine machine) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("key", machine.key());
    facts.put("id", machine.id());
    facts.put("hostname", machine.hostname());
    facts.put("own_name", machine.label());
    facts.put("state", machine.state().word());
    facts.put("connected", machine.connected());
    facts.put("ignored", machine.ignored());
    facts.put("simulated", machine.simulated());
    facts.put("address", machine.address());
    facts.put("version", machine.version());
    facts.put("cpu_percent", machine.cpuPercent() == null ? "" : machine.cpuPercent());
    facts.put("memory_percent", machine.memoryPercent() == null ? "" : machine.memoryPercent());
    facts.put("services", machine.services() == null ? "" : machine.services());
    facts.put("rtt_ms", machine.rttMillis() == null ? "" : machine.rttMillis());
    facts.put("tags", String.join("; ", machine.tags()));
    facts.put("note", machine.note());
    return facts;
  }

  /** Quoted where it has to be; what a spreadsheet would take for a formula is made a text. */
  private static String cell(Object value) {
    String text = value.toString();
    if (value instanceof String && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
