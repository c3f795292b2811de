package dev.caelum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.config.Setting.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private final Map<ConfigKey, String> options = new EnumMap<>(ConfigKey.class);
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private Optional<String> configFile = Optional.empty();
  @TempDir private Path data;

  @BeforeEach
  void ownDataFolder() {
    environment.put("CAELUM_DATA", data.toString());
  }

  @Test
  void withoutAnySourceEveryDefaultIsInForce() throws Exception {
    Configuration configuration = load();
    NodeConfig node = configuration.node();
    assertThat(node)
        .isEqualTo(
            new NodeConfig(
                "0.0.0.0",
                8080,
                8181,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                data,
                false,
                false,
                TaskConfig.DEFAULT,
                McpConfig.DEFAULT,
                OptionalInt.empty(),
                0,
                WebhookConfig.NONE));
    assertThat(configuration.dashboard()).isEqualTo(new DashboardConfig("0.0.0.0", 8090));
    assertThat(configuration.settings())
        .hasSize(ConfigKey.values().length)
        .filteredOn(setting -> setting.key() != ConfigKey.DATA)
        .allMatch(setting -> setting.source() == Source.DEFAULT);
  }

  @Test
  void optionBeatsPropertyBeatsEnvironmentBeatsFileBeatsDefault() throws Exception {
    assertBeaconPort(8181, "default");
    Path file = file("caelum:\n  beacon-port: 9001\n");
    assertBeaconPort(9001, "file " + file);
    environment.put("CAELUM_BEACON_PORT", "9002");
    assertBeaconPort(9002, "environment CAELUM_BEACON_PORT");
    properties.put("caelum.beacon-port", "9003");
    assertBeaconPort(9003, "system property caelum.beacon-port");
    options.put(ConfigKey.BEACON_PORT, "9004");
    assertBeaconPort(9004, "option --beacon-port");
  }

  @Test
  void whatWasChangedAtRunTimeBeatsTheFileAndNothingElse() throws Exception {
    file("caelum:\n  beacon-port: 9001\n");
    Path changed = changed("beacon-port=9004\ncluster-name=l\u00e4b\n");
    assertBeaconPort(9004, "changed, file " + changed);
    assertThat(load().node().clusterName()).contains("l\u00e4b");
    environment.put("CAELUM_BEACON_PORT", "9002");
    assertBeaconPort(9002, "environment CAELUM_BEACON_PORT");
  }

  @Test
  void aChangeIsWhatIsWrittenAndReadAgain() throws Exception {
    file("caelum:\n  beacon-port: 9001\n");
    Configuration next =
        load()
            .with(
                Map.of(
                    ConfigKey.BEACON_PORT, Optional.of("9001"),
                    ConfigKey.CLUSTER_NAME, Optional.of("l\u00e4b = #1 \\ \ud83c\udfaf"),
                    ConfigKey.KNOWN, Optional.of("")));
    assertThat(next.changed()).containsOnlyKeys(ConfigKey.CLUSTER_NAME);
    Files.write(data.resolve(SettingsFile.NAME), SettingsFile.bytes(next.changed()));
    assertThat(load().node().clusterName()).contains("l\u00e4b = #1 \\ \ud83c\udfaf");
    assertThat(load().setting(ConfigKey.CLUSTER_NAME).source()).isEqualTo(Source.CHANGED);
    Configuration back = load().with(Map.of(ConfigKey.CLUSTER_NAME, Optional.empty()));
    assertThat(back.changed()).isEmpty();
  }

  @Test
  void aChangeIsJudgedWithAllThatIsThereButNotForMistakesThatWereThere() throws Exception {
    options.put(ConfigKey.PORT, "0");
    Configuration running = load();
    ConfigRefused refused =
        assertThrows(
            ConfigRefused.class,
            () -> running.with(Map.of(ConfigKey.ADVERTISE, Optional.of("192.0.2.7"))));
    assertThat(refused.fields()).containsOnlyKeys(ConfigKey.ADVERTISE);
    Path root = Files.createDirectory(data.resolve("root"));
    Configuration rooted = running.with(Map.of(ConfigKey.TASK_ROOTS, Optional.of(root.toString())));
    Files.delete(root);
    assertThat(rooted.with(Map.of(ConfigKey.VERBOSE, Optional.of("true"))).node().verbose())
        .isTrue();
    assertThat(
            rooted
                .taking(rooted.with(Map.of(ConfigKey.TASK_SLOTS, Optional.of("3"))))
                .node()
                .tasks()
                .slots())
        .isZero();
  }

  @Test
  void anUnusableFileOfChangesIsOneLine() throws Exception {
    Path changed = changed("known=\\u12\n");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("settings = " + changed + ": cannot be read (")
        .contains("delete it");
    changed("knwon=a\n");
    assertThat(problems())
        .containsExactly("unknown key in " + changed + ": knwon; did you mean known?");
    changed("data=/tmp\n");
    assertThat(problems()).singleElement().asString().contains("cannot move it");
    changed("history-days=x\n");
    assertThat(problems())
        .containsExactly(
            "history-days = x (changed, file " + changed + "): use a whole number from 0 to 400");
  }

  @Test
  void aSecretIsNotShownInMistakesNorInText() throws Exception {
    options.put(ConfigKey.WEBHOOK_SECRET, "hush");
    assertThat(problems()).singleElement().asString().doesNotContain("hush");
    options.put(ConfigKey.WEBHOOK_SECRET, "hush-hush-hush-hush");
    assertThat(load().node().toString()).doesNotContain("hush");
    assertThat(load().setting(ConfigKey.WEBHOOK_SECRET).shown()).isEqualTo("(set)");
  }

  private Path changed(String lines) throws IOException {
    return Files.writeString(data.resolve(SettingsFile.NAME), lines);
  }

  private void assertBeaconPort(int port, String where) throws Exception {
    Configuration configuration = load();
    assertThat(configuration.node().beaconPort()).isEqualTo(port);
    assertThat(configuration.setting(ConfigKey.BEACON_PORT).where()).isEqualTo(where);
  }

  @Test
  void aFileSetsEveryKeyAndListsAreWrittenEitherWay() throws Exception {
    Path jar = Files.createFile(data.resolve("handlers.jar"));
    configFile =
        Optional.of(
            file("""
            caelum:
              host: 127.0.0.1
              port: 0
              beacon-port: 18181
              known: [10.0.0.5, "beta:9000", "[fe80::1%%eth0]:7"]
              interface: lo
              advertise: 192.0.2.7:80
              cluster-name: lab-b
              data: %s
              verbose: true
              log-format: json
              labels: [room=lab, "gpu="]
              task-accept: [echo@10.0.0.7/24, "*@fe80::1"]
              task-slots: 3
              task-heap: 64
              task-roots: %s
              task-ai: "models:11500"
              task-handlers: %s
              task-legacy-workers: true
              store: postgresql://caelum@db/tasks
              store-password-file: %s
              store-room: 50
              history-days: 90
              webhook-url: https://hooks.lan/caelum?room=7
              webhook-secret: 0123456789abcdef
              webhook-events: [machine, task]
              ui-host: "::1"
              ui-port: 18090
            """
                    .formatted(data, data, jar, data))
                .toString());
    Configuration configuration = load();
    assertThat(configuration.node())
        .isEqualTo(
            new NodeConfig(
                "127.0.0.1",
                0,
                18181,
                List.of(
                    new HostPort("10.0.0.5", 8080),
                    new HostPort("beta", 9000),
                    new HostPort("fe80::1%eth0", 7)),
                List.of("lo"),
                Optional.of(new HostPort("192.0.2.7", 80)),
                Optional.of("lab-b"),
                data,
                true,
                true,
                new TaskConfig(
                    List.of(
                        AcceptRule.parse("echo@10.0.0.0/24"), AcceptRule.parse("*@fe80::1/128")),
                    3,
                    64,
                    List.of(data),
                    new HostPort("models", 11_500),
                    Map.of("room", "lab", "gpu", ""),
                    List.of(jar),
                    true,
                    Optional.of(new DatabaseUrl("caelum", new HostPort("db", 5432), "tasks")),
                    Optional.of(data),
                    50),
                McpConfig.DEFAULT,
                OptionalInt.of(90),
                0,
                new WebhookConfig(
                    Optional.of(URI.create("https://hooks.lan/caelum?room=7")),
                    "0123456789abcdef",
                    Set.of("machine", "task"))));
    assertThat(configuration.dashboard()).isEqualTo(new DashboardConfig("::1", 18090));
    assertThat(configuration.file()).contains(Path.of(configFile.orElseThrow()));
  }

  @Test
  void aPasswordInTheAddressOfADatabaseIsRefusedAndNotRepeated() {
    options.put(ConfigKey.STORE, "postgresql://caelum:hush@db/tasks");

    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            ConfigRefused.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "store (option --store): no password in the address: put it into"
                            + " CAELUM_STORE_PASSWORD or a file"));
  }

  @Test
  void theReferenceFileSetsEveryKeyToItsDefault() throws Exception {
    Path reference = Path.of("../config/application.yaml");
    environment.remove("CAELUM_DATA");
    configFile = Optional.of(reference.toString());
    assertThat(load().settings())
        .allSatisfy(setting -> {
          assertThat(setting.source()).isEqualTo(Source.FILE);
          assertThat(setting.value()).isEqualTo(setting.key().defaultValue());
        });
    assertThat(Files.readString(reference))
        .contains(Arrays.stream(ConfigKey.values()).map(ConfigKey::meaning).toList());
  }

  @Test
  void everythingWrongIsToldAtOnceWithKeyValueSourceAndRule() throws Exception {
    options.put(ConfigKey.PORT, "70000");
    environment.put("CAELUM_HOST", "192.0.2.1");
    environment.put("CAELUM_BEACON_PRT", "8181");
    properties.put("caelum.uiPort", "1");
    properties.put("caelum.log-format", "xml");
    Path file = file("caelum:\n  interface: nosuch0\n  knwon: a\n  known: a:0\nport: 1\n");
    assertThat(problems())
        .anyMatch(p -> p.startsWith("this machine", p.indexOf(": ") + 2) && p.contains("nosuch0"))
        .filteredOn(problem -> !problem.contains("nosuch0"))
        .containsExactly(
            "unknown environment variable CAELUM_BEACON_PRT; did you mean CAELUM_BEACON_PORT?",
            "unknown system property caelum.uiPort; did you mean caelum.ui-port?",
            "unknown key in " + file + ": caelum.knwon; did you mean caelum.known?",
            "unknown key in "
                + file
                + ": port; did you mean caelum.port? (settings belong into the block caelum:)",
            "host = 192.0.2.1 (environment CAELUM_HOST): not an address of this machine; "
                + "use one of its own, or 0.0.0.0 for all",
            "port = 70000 (option --port): port 70000 is not possible; use 0 (any free) or 1024-65535",
            "known = a:0 (file " + file + "): a:0 has no possible port; use 1-65535",
            "log-format = xml (system property caelum.log-format): use text or json");
  }

  @Test
  void whatTheLauncherAndTheClientReadIsNoUnknownSetting() throws Exception {
    for (String name :
        List.of("JAVA_HOME", "JAVA_OPTS", "JDK_URL", "JDK_SHA256", "YES", "NODE", "CONFIG")) {
      environment.put("CAELUM_" + name, "");
    }
    environment.put("CAELUM_CLUSTER_NAME", " ");
    assertThat(load().node().clusterName()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PORT|80|1024-65535",
        "PORT|-1|1024-65535",
        "PORT|abc|1024-65535",
        "PORT||1024-65535",
        "BEACON_PORT|0|use 1024-65535",
        "ADVERTISE|0.0.0.0|no machine can be dialled",
        "ADVERTISE|[::]:8080|no machine can be dialled",
        "ADVERTISE|224.0.0.1|no machine can be dialled",
        "ADVERTISE|a b|not HOST or HOST:PORT",
        "KNOWN|beta,:8080|:8080 is not HOST or HOST:PORT",
        "KNOWN|[::1|not HOST or HOST:PORT",
        "KNOWN|beta:70000|no possible port",
        "VERBOSE|yes|use false or true",
        "HOST|nosuch.invalid|not an address of this machine",
        "DATA|/dev/null|/dev/null is not a folder",
        "CLUSTER_NAME|a\u001bb|printable",
      })
  void aBadValueIsRefusedByRule(ConfigKey key, String value, String rule) {
    options.put(key, value == null ? "" : value);
    assertThat(problems()).singleElement().asString().startsWith(key.key()).contains(rule);
  }

  @Test
  void anyFreePortNeedsAnAdvertisedPort() {
    options.put(ConfigKey.PORT, "0");
    options.put(ConfigKey.ADVERTISE, "192.0.2.7");
    assertThat(problems()).singleElement().asString().contains("name the port too");
  }

  @Test
  void onePortForNodeAndDashboardIsRefusedOnlyWhereBothRun() throws Exception {
    options.put(ConfigKey.PORT, "8090");
    assertThat(load().node().port()).isEqualTo(8090);
    ConfigRefused refused =
        assertThrows(ConfigRefused.class, () -> ConfigLoader.load(inputs(), true));
    assertThat(refused.problems())
        .containsExactly(
            "port = 8090 (option --port) and ui-port = 8090 (default): "
                + "node and dashboard need two different TCP ports");
  }

  @Test
  void aFileInTheDataFolderCannotMoveIt() throws Exception {
    file("caelum:\n  data: /tmp\n");
    assertThat(problems()).singleElement().asString().contains("cannot move it");
  }

  @Test
  void anUnreadableFileIsOneLine() throws Exception {
    Path file = file("caelum: [\n  : }{\n");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("config = " + file + ": cannot be read: ")
        .endsWith("(line 2, column 3)")
        .doesNotContain("\n");
    configFile = Optional.of("/nosuch.yaml");
    assertThat(problems()).containsExactly("config = /nosuch.yaml: no such file");
  }

  @Test
  void aUrlIsNoHost() {
    assertThatThrownBy(() -> HostPort.parse("http://10.0.0.1:8080", 8_080))
        .hasMessage("http://10.0.0.1:8080 is not HOST or HOST:PORT");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(data.resolve("application.yaml"), yaml);
  }

  private ConfigInputs inputs() {
    return new ConfigInputs(options, configFile, properties, environment);
  }

  private Configuration load() throws ConfigRefused {
    return ConfigLoader.load(inputs(), false);
  }

  private List<String> problems() {
    return assertThrows(ConfigRefused.class, this::load).problems();
  }
}
