package dev.caelum.node;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Grafana dashboard draws what a node really tells. */
class GrafanaTest {
  private static final Path DASHBOARD = Path.of("../config/grafana/caelum.json");
  private static final Pattern METRIC = Pattern.compile("([a-zA-Z_]+)\\{instance");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\(([a-zA-Z_]+),");

  @TempDir private Path folder;

  @Test
  void everyMetricOfTheDashboardIsOnTheNodesPage() throws Exception {
    String dashboard = Files.readString(DASHBOARD);
    Set<String> asked =
        Pattern.compile(METRIC + "|" + VARIABLE)
            .matcher(dashboard)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            // Prometheus itself makes this one.
            .filter(not("up"::equals))
            .collect(Collectors.toSet());
    assertThat(asked).hasSizeGreaterThan(10).contains("caelum_links");
    try (NodeApplication node = LoopbackNode.start(folder);
        HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://127.0.0.1:" + node.port() + "/observe/metrics");
      String told =
          client
              .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(asked).allMatch(name -> told.contains("# TYPE " + name + " "));
    }
  }
}
