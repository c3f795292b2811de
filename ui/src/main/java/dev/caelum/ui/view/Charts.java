package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Charts of the past, drawn by the browser, which reads the numbers itself from the API that the
 * dashboard passes on: no tab costs the server more than its questions.
 */
@Tag("caelum-charts")
@JavaScript("context://_static/echarts/6.0.0/dist/echarts.common.min.js")
@JavaScript("context://caelum-charts.js")
final class Charts extends Component {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final List<String> WORDS =
      List.of(
          "loading",
          "lost",
          "began",
          "beginning",
          "unrecorded",
          "table",
          "time",
          "now",
          "end",
          "nothing");
  private static final List<Chart> OF_CLUSTER =
      List.of(
          new Chart(
              "machines",
              "",
              null,
              true,
              List.of("machines_online", "machines_connected", "machines_offline")),
          new Chart("tasks", "", null, true, List.of("tasks_running", "tasks_waiting")));
  private static final List<Chart> OF_MACHINE =
      List.of(
          new Chart("cpu", " %", 100, false, List.of("cpu_percent")),
          new Chart("memory", " %", 100, false, List.of("memory_percent")),
          new Chart("disk", " %", 100, false, List.of("disk_percent")),
          new Chart("rtt", " ms", null, false, List.of("rtt_ms")),
          new Chart("loss", " %", 100, false, List.of("loss_percent")),
          new Chart(
              "traffic",
              " kB/s",
              null,
              false,
              List.of("link_received_kb_per_s", "link_sent_kb_per_s")));

  /**
   * One chart.
   *
   * @param most where its scale ends; null = where its numbers do
   * @param whole whether its numbers are whole, and stay until they change
   */
  private record Chart(
      String name, String unit, @Nullable Integer most, boolean whole, List<String> metrics) {}

  /** Somebody pointed at a moment. */
  @DomEvent("moment")
  public static final class Pointed extends ComponentEvent<Charts> {
    private static final long serialVersionUID = 1L;

    private final String time;

    public Pointed(Charts source, boolean fromClient, @EventData("event.detail.time") String time) {
      super(source, fromClient);
      this.time = time;
    }
  }

  Charts() {
    getElement().setAttribute("api", "api/v1");
    JsonObjectBuilder words = JSON.createObjectBuilder();
    WORDS.forEach(word -> words.add(word, Words.of("history." + word)));
    getElement().setAttribute("words", words.build().toString());
  }

  /**
   * What is shown.
   *
   * @param machine its id; null = the cluster
   * @param until where the range ends; null = now, always
   */
  void show(@Nullable String machine, Duration range, @Nullable Instant until) {
    set("machine", machine);
    set("until", until == null ? null : until.toString());
    getElement().setAttribute("range", Long.toString(range.toSeconds()));
    JsonArrayBuilder charts = JSON.createArrayBuilder();
    (machine == null ? OF_CLUSTER : OF_MACHINE).forEach(chart -> charts.add(json(chart)));
    getElement().setAttribute("charts", charts.build().toString());
  }

  private void set(String attribute, @Nullable String value) {
    if (value == null) {
      getElement().removeAttribute(attribute);
    } else {
      getElement().setAttribute(attribute, value);
    }
  }

  private static JsonObjectBuilder json(Chart chart) {
    JsonArrayBuilder lines = JSON.createArrayBuilder();
    for (String metric : chart.metrics()) {
      lines.add(
          JSON.createObjectBuilder()
              .add("metric", metric)
              .add("label", Words.of("history.metric." + metric)));
    }
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("title", Words.of("history.chart." + chart.name()))
            .add("unit", chart.unit())
            .add("whole", chart.whole())
            .add("lines", lines);
    if (chart.most() != null) {
      json.add("max", chart.most());
    }
    return json;
  }

  /** Tells the moments that somebody points at, in ISO 8601. */
  void onMoment(Consumer<String> pointed) {
    var _ = addListener(Pointed.class, event -> pointed.accept(event.time));
  }
}
