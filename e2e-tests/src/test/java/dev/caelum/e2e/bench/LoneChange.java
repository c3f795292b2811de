package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.WsPeer;
import dev.caelum.e2e.ui.Browser;
import dev.caelum.e2e.ui.DashboardProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** How soon a page shows the only change among many machines that stand still. */
final class LoneChange {
  private static final int A_SOURCE = 10;
  private static final int FIRST_PEER = 100;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Sorts before all others, so that its row is on the screen. */
  private static final String NAME = "aaa";

  /** Notes when a row of that name says something else than before. */
  private static final String WATCH =
      """
      const word = () => [...document.querySelectorAll('[data-testid=name]')]
        .map((cell) => cell.textContent).find((text) => text.startsWith(arguments[0])) ?? '';
      window.seen = { word: word(), at: 0 };
      new MutationObserver(() => {
        const now = word();
        if (now && now !== window.seen.word) window.seen = { word: now, at: Date.now() };
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
      """;

  private LoneChange() {}

  /** For a node that sees 5, 100 and 1,000 machines, {@code changes} each. */
  static List<String> run(Labs labs, int changes) throws Exception {
    List<String> lines = new ArrayList<>(List.of(Figures.HEAD));
    for (int machines : new int[] {5, 100, 1_000}) {
      try (Lab lab = labs.next()) {
        lines.add(measure(lab, machines, changes).toString());
      }
    }
    return lines;
  }

  private static Figures measure(Lab lab, int machines, int changes) throws Exception {
    NodeProcess node = NodeProcess.start(lab.host()).ready();
    List<WsPeer> peers = new ArrayList<>();
    Figures figures =
        new Figures("a lone change at the node until the page shows it, " + machines, "ms");
    try (DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri());
        Browser browser = new Browser()) {
      for (int i = 0; i < machines - 1; i++) {
        WsPeer peer =
            new WsPeer(node, lab.alsoHere(FIRST_PEER + i / A_SOURCE), i == 0 ? NAME : "bench" + i);
        peer.register("caelum-bench" + i);
        peers.add(peer);
      }
      browser.open(dashboard.uri().toString());
      browser.await(
          "all machines",
          LIMIT,
          "return document.querySelector('[data-testid=counter-all]')?.textContent.replace(/\\D/g, '')"
              + " === String(arguments[0])",
          machines);
      browser.run(WATCH, NAME);
      Random random = new Random(machines);
      for (int i = 0; i < changes; i++) {
        park(Duration.ofMillis(600 + random.nextInt(500)));
        browser.run("window.seen.at = 0");
        long before = System.currentTimeMillis();
        rename(peers.getFirst(), NAME + "-" + i);
        browser.await("the change in the page", LIMIT, "return window.seen.at > 0");
        figures.add((double) (browser.ask(Long.class, "return window.seen.at") - before));
      }
    } finally {
      peers.forEach(WsPeer::close);
    }
    return figures;
  }

  private static void rename(WsPeer peer, String name) throws Exception {
    JsonObject info =
        Json.createObjectBuilder(peer.self().info())
            .add("machine_id", peer.id())
            .add("hostname", name)
            .build();
    peer.send(
        peer.id(),
        "machine_heartbeat",
        Json.createObjectBuilder().add("machine_info", info).build());
  }

  private static void park(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      LockSupport.parkNanos(end - now);
    }
  }
}
