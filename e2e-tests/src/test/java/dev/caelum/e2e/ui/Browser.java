package dev.caelum.e2e.ui;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's headless Chromium. */
public final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);

  /** What a page of ours must hold to: all of WCAG 2.2 AA, and landmarks and headings. */
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static final String AXE = axe();

  private static final String FAULTS =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'], iframes: false }).then(
        (found) => done(found.violations.map((rule) => rule.id + ': ' + rule.help + ' '
          + rule.nodes.map((node) => node.html).join(' '))),
        (problem) => done([String(problem)]));
      """;

  private final ChromeDriver driver;

  /** Starts it. */
  public Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-US",
        "--force-color-profile=srgb",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
  }

  private static String axe() {
    try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("axe cannot be read", e);
    }
  }

  /** Why no browser can be started here; empty when it can. */
  static String obstacle() {
    return CHROMIUM.canExecute() && DRIVER.canExecute()
        ? ""
        : "chromium is missing: sudo apt-get install chromium chromium-driver";
  }

  /** Opens {@code url} in the window that is in front. */
  public void open(String url) {
    driver.get(url);
  }

  /** Opens {@code url} in a further window, which is visible like all others, and comes back. */
  public void openBeside(String url) {
    String front = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.WINDOW);
    driver.get(url);
    driver.switchTo().window(front);
  }

  /** What the browser's network did since the last call, as its DevTools tell. */
  public List<String> network() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The page as a window of this width shows it, in the light or the dark scheme. */
  void look(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    media("screen", Map.of("prefers-color-scheme", dark ? "dark" : "light"));
  }

  /** The page as {@code print} or {@code screen} shows it to people with these preferences. */
  void media(String medium, Map<String, String> preferences) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            preferences.entrySet().stream()
                .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                .toList()));
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** What has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Whether pages that are opened from now on run scripts. */
  void scripts(boolean on) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** Runs {@code script} in every page that is opened from now on, before all others. */
  public void beforeEachPage(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Prints the page on A4 into {@code file}. */
  void print(Path file) throws IOException {
    Object pdf =
        driver
            .executeCdpCommand(
                "Page.printToPDF",
                Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", false))
            .get("data");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(String.valueOf(pdf)));
  }

  /** Runs {@code script} in the page. */
  public void run(String script, Object... arguments) {
    driver.executeScript(script, arguments);
  }

  /** What {@code script} returns in the page: a Boolean, Number, String or List. */
  public <T> T ask(Class<T> type, String script, Object... arguments) {
    return type.cast(Objects.requireNonNull(driver.executeScript(script, arguments), script));
  }

  /** The texts that {@code script} returns in the page. */
  List<String> texts(String script) {
    List<?> texts = ask(List.class, script);
    return texts.stream().map(String::valueOf).toList();
  }

  /** Waits until {@code script} returns true; the failure tells {@code what} was waited for. */
  void await(String what, String script, Object... arguments) {
    await(what, PATIENCE, script, arguments);
  }

  /** The same within {@code limit}. */
  public void await(String what, Duration limit, String script, Object... arguments) {
    new WebDriverWait(driver, limit, POLL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(what)
        .until(ready -> Boolean.TRUE.equals(driver.executeScript(script, arguments)));
  }

  /** The first element of {@code css} that is on the screen, waiting for it. */
  WebElement find(String css) {
    By selector = By.cssSelector(css);
    await(
        "a visible " + css,
        "return [...document.querySelectorAll(arguments[0])].some((e) => e.checkVisibility())",
        css);
    return driver.findElements(selector).stream()
        .filter(WebElement::isDisplayed)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no visible " + css));
  }

  /** Clicks on the first visible {@code css}; again while the page moves it away meanwhile. */
  void click(String css) {
    new WebDriverWait(driver, PATIENCE, POLL)
        .ignoring(StaleElementReferenceException.class)
        .ignoring(ElementClickInterceptedException.class)
        .withMessage("a click on " + css)
        .until(ready -> {
          find(css).click();
          return true;
        });
  }

  String title() {
    return String.valueOf(driver.getTitle());
  }

  /** Frames that the server pushed over its WebSocket since the last call. */
  long pushedFrames() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .filter(entry -> entry.getMessage().contains("Network.webSocketFrameReceived"))
        .count();
  }

  /** What the page complained about since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        // The lab's own interfaces get their IPv6 addresses while a page loads.
        .filter(entry -> !entry.getMessage().contains("ERR_NETWORK_CHANGED"))
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What axe finds wrong on the page, one text for each rule and place. */
  List<String> accessibilityFaults() {
    return faults(Map.of("type", "tag", "values", RULES));
  }

  /** The same of contrast alone, which is what another colour scheme changes. */
  List<String> contrastFaults() {
    return faults(Map.of("type", "rule", "values", List.of("color-contrast")));
  }

  @SuppressWarnings("unchecked")
  private List<String> faults(Map<String, Object> rules) {
    if (!ask(Boolean.class, "return 'axe' in window")) {
      run(AXE);
    }
    Object found = driver.executeAsyncScript(FAULTS, rules);
    return (List<String>) Objects.requireNonNull(found, "axe's answer");
  }

  /** Saves what is on the screen, and the page's source, into {@code folder}. */
  void save(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    Files.writeString(folder.resolve(name + ".html"), String.valueOf(driver.getPageSource()));
  }

  /** Saves what is on the screen as {@code file}. */
  void shot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
