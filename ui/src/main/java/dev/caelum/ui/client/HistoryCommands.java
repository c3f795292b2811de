package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about the past; see {@link NodeCommands}. */
public final class HistoryCommands {
  private static final String LATELY = Lately.SPAN.toMinutes() + "m";

  private final NodeHttp http;

  HistoryCommands(NodeHttp http) {
    this.http = http;
  }

  /**
   * What the node keeps.
   *
   * @param days how long
   * @param bytes on its disk
   */
  public record About(int days, long bytes, List<PastMachine> machines) {
    public About {
      machines = List.copyOf(machines);
    }
  }

  /** What is kept; null when the node keeps nothing, or does not say. */
  public @Nullable About about(String caller) {
    Fields answer = http.get(caller, "/api/v1/history");
    return answer == null
        ? null
        : new About(
            (int) answer.count("days"),
            answer.count("bytes"),
            answer.list("machines", PastMachine::read));
  }

  /** The last minutes of the cluster; null when the node does not say. */
  public @Nullable Lately lately() {
    NodeHttp.Reply reply =
        http.send("", "GET", "/api/v1/history/series?points=100&from=" + LATELY, "");
    if (reply == null || !reply.readable()) {
      return null;
    }
    Fields fields = reply.fields();
    return switch (reply.status()) {
      case 200 -> Lately.read(fields);
      // before its first sample a node knows nothing of its cluster
      case 404 ->
          fields.text("code", "").equals("unknown_machine") ? Lately.BEGINNING : Lately.NOT_KEPT;
      default -> null;
    };
  }

  /**
   * The cluster then.
   *
   * @param time ISO 8601
   */
  public PastCluster at(String caller, String time) {
    NodeHttp.Reply reply =
        http.send(caller, "GET", "/api/v1/history/at?time=" + NodeHttp.segment(time), "");
    if (reply == null) {
      return new PastCluster(null, List.of(), "");
    }
    Fields fields = reply.fields();
    return reply.status() == 200
        ? new PastCluster(fields.instant("time"), fields.list("machines", Machine::read), null)
        : new PastCluster(null, List.of(), fields.text("detail", ""));
  }

  /**
   * One page of events.
   *
   * @param before where the page above ended; null for the newest
   */
  public EventPage events(String caller, EventFilter filter, @Nullable Long before, int limit) {
    String query = filter.query();
    String path =
        "/api/v1/history/events?limit="
            + limit
            + (before == null ? "" : "&before=" + before)
            + (query.isEmpty() ? "" : "&" + query);
    return EventPage.read(http.send(caller, "GET", path, ""));
  }
}
