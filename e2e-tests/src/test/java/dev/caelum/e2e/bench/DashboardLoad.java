package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.ui.Browser;
import dev.caelum.e2e.ui.DashboardProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/** What a dashboard of many machines costs, and how soon a page shows a change. */
final class DashboardLoad {
  private static final int WINDOWS = 20;
  private static final int CHANGES = 20;
  private static final int SECONDS = 30;
  private static final double TICKS_PER_SECOND = 100;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern RECEIVED =
      Pattern.compile("\"encodedDataLength\":([0-9]+)(?:\\.[0-9]+)?,\"requestId\"");
  private static final Pattern PUSHED =
      Pattern.compile("webSocketFrameReceived.*?\"payloadData\":\"(.*)\"}", Pattern.DOTALL);

  /** Notes how long after its request the page is live and has rows. */
  private static final String LIVE =
      """
      const look = () => {
        if (document.documentElement.dataset.live === 'ok'
            && document.querySelector('[data-testid=name]')?.textContent) {
          window.liveAt = performance.now();
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
      """;

  /** Notes when the button of the discovery says something else than before. */
  private static final String WATCH =
      """
      const word = () => document.querySelector('[data-testid=discover]').textContent.trim();
      window.seen = { word: word(), at: 0 };
      new MutationObserver(() => {
        if (word() !== window.seen.word) window.seen = { word: word(), at: Date.now() };
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
      """;

  /** Notes when the page says that the server is lost. */
  private static final String LOSS =
      """
      window.lostAt = 0;
      const look = () => {
        const banner = document.getElementById('caelum-banner');
        if (document.documentElement.dataset.live === 'lost' && banner?.checkVisibility()) {
          window.lostAt = Date.now();
        }
        if (!window.lostAt) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DashboardProcess dashboard;

  private DashboardLoad(DashboardProcess dashboard) {
    this.dashboard = dashboard;
  }

  /** Shows {@code machines} simulated machines, each of which changes every 15 s. */
  static List<String> run(Lab lab, int machines) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.demo(lab, machines);
        Browser browser = new Browser()) {
      return new DashboardLoad(dashboard).measure(browser, machines);
    }
  }

  private List<String> measure(Browser browser, int machines) throws Exception {
    awaitMachines(machines);
    double alone = share();
    long rssAlone = rss();
    browser.network();
    browser.beforeEachPage(LIVE);
    browser.open(dashboard.uri().toString());
    browser.await("a live page", LIMIT, "return window.liveAt > 0");
    long first = browser.ask(Long.class, "return Math.round(window.liveAt)");
    park(Duration.ofSeconds(3));
    long loaded = sum(RECEIVED, browser.network());
    Figures seen = changes(browser);
    for (int i = 1; i < WINDOWS; i++) {
      browser.openBeside(dashboard.uri().toString());
    }
    park(Duration.ofSeconds(5));
    browser.network();
    double crowded = share();
    Figures plain = new Figures("bytes a push, before compression", "B");
    Figures sent = new Figures("the same, compressed, each by itself", "B");
    for (String push : pushes(browser)) {
      plain.add(push.length());
      sent.add(compressed(push));
    }
    long rssCrowded = rss();
    String loss = loss(browser);
    return List.of(
        Figures.HEAD,
        seen.toString(),
        plain.toString(),
        sent.toString(),
        "",
        "a push on average "
            + Math.round(plain.mean())
            + " B, compressed "
            + Math.round(sent.mean())
            + " B",
        "first page live after " + first + " ms, " + loaded / 1_000 + " KB received",
        "server alone "
            + Math.round(alone)
            + " % of a core, "
            + rssAlone
            + " MiB; with "
            + WINDOWS
            + " windows "
            + Math.round(crowded)
            + " %, "
            + rssCrowded
            + " MiB",
        loss,
        "machines: " + machines);
  }

  /** What the server pushed to open pages since the last look. */
  private static List<String> pushes(Browser browser) {
    return browser.network().stream()
        .map(PUSHED::matcher)
        .filter(Matcher::find)
        .map(frame -> frame.group(1).replace("\\\"", "\""))
        .toList();
  }

  /** What {@code push} takes on the wire, where each message is compressed. */
  private static int compressed(String push) {
    Deflater deflater = new Deflater();
    deflater.setInput(push.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    int length = deflater.deflate(new byte[push.length() + 1_024]);
    deflater.end();
    return length;
  }

  /** From the command at the node's API to the page that shows what came of it. */
  private Figures changes(Browser browser) throws Exception {
    Figures seen = new Figures("a change at the node until the page shows it", "ms");
    browser.run(WATCH);
    for (int i = 0; i < CHANGES; i++) {
      seen.add((double) change(browser, "POST", "?wait=false"));
      park(Duration.ofMillis(700));
      seen.add((double) change(browser, "DELETE", ""));
      park(Duration.ofMillis(700));
    }
    return seen;
  }

  /** Kills the server and starts it again, with the page of the first window before it. */
  private String loss(Browser browser) throws Exception {
    browser.run(LOSS);
    long killed = System.currentTimeMillis();
    dashboard.kill();
    browser.await("the banner", LIMIT, "return window.lostAt > 0");
    long lost = browser.ask(Long.class, "return window.lostAt") - killed;
    long begun = System.currentTimeMillis();
    dashboard.again();
    browser.await("a live page", LIMIT, "return document.documentElement.dataset.live === 'ok'");
    return "server killed: the page says so after "
        + lost
        + " ms; started again with "
        + WINDOWS
        + " windows: the page is live after "
        + (System.currentTimeMillis() - begun)
        + " ms";
  }

  private long change(Browser browser, String method, String query) throws Exception {
    browser.run("window.seen.at = 0");
    long before = System.currentTimeMillis();
    send(method, "api/v1/cluster/discover" + query);
    browser.await("the change in the page", LIMIT, "return window.seen.at > 0");
    return browser.ask(Long.class, "return window.seen.at") - before;
  }

  private void awaitMachines(int machines) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Matcher online =
          Pattern.compile("\"state\":\"alive\"").matcher(send("GET", "api/v1/machines"));
      // now and then one of them is away
      if (online.results().count() >= machines - 2) {
        return;
      }
      park(Duration.ofMillis(500));
    }
    throw new AssertionError("the simulated machines did not come");
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    URI uri = dashboard.uri().resolve(path);
    return client
        .send(
            HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(LIMIT)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The share of a core that the server takes for some time from now, in percent. */
  private double share() throws IOException {
    double before = cpuSeconds();
    park(Duration.ofSeconds(SECONDS));
    return 100 * (cpuSeconds() - before) / SECONDS;
  }

  private double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + dashboard.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private long rss() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + dashboard.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElse(0)
          >> 10;
    }
  }

  private static long sum(Pattern number, List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains("Network.loadingFinished"))
        .map(number::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private static void park(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      LockSupport.parkNanos(end - now);
    }
  }
}
