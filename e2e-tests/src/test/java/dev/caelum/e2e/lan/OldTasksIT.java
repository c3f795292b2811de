package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks given to old nodes and taken from them. */
@InLab
class OldTasksIT {
  private static final String SERVICE = "caelum-code-analysis";
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  @DisplayName("An old node runs a task of ours or is silent; one of its own runs here by a rule")
  void tasksOfOursAndTheirs_runOrAreRefusedWithAReason(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(3);
    Path sources = Files.createDirectories(lab.folder().resolve("src"));
    Files.writeString(sources.resolve("One.java"), "class One {}\n");
    String payload = "{\"root\":\"" + sources + "\"}";
    NodeProcess node =
        NodeProcess.start(
                hosts.getFirst(),
                "--task-legacy-workers=true",
                "--task-roots=" + sources,
                "--task-accept=code_analysis@" + hosts.get(1).address())
            .ready();
    Cluster cluster = new Cluster();
    NodeFeed feed = cluster.add(node);
    OldNodeProcess able =
        OldNodeProcess.start(hosts.get(1), "hostname=able", "services=" + SERVICE);
    OldNodeProcess silent =
        OldNodeProcess.start(hosts.get(2), "hostname=silent", "services=" + SERVICE, "mute=true");
    feed.await(
        "two old nodes",
        Cluster.MEET,
        rows -> rows.stream().filter(row -> row.legacy() && row.alive()).count() == 2);
    TaskDesk desk = new TaskDesk(node);

    Eventually.get(() -> desk.submit(task("silent")), answer -> answer.status() == 201);
    String given =
        Eventually.get(() -> desk.submit(task("able")), answer -> answer.status() == 201)
            .body()
            .getString("id");
    JsonObject done = desk.await(given, SOON, "done", "dead", "failed");
    assertThat(done.getString("state")).as(done.toString()).isEqualTo("done");
    assertThat(done.getString("machine_name")).isEqualTo("able");
    assertThat(able.status().getJsonObject("dropped")).isEmpty();

    able.give("w-1", "code_analysis", payload);
    List<JsonObject> answers =
        Eventually.get(able::tasks, said -> said.toString().contains("task_complete"));
    assertThat(answers.toString()).contains("task_assign", "files");
    able.give("w-2", "ai_inference", "{}");
    assertThat(refusal(able)).isEqualTo("This node runs no ai_inference for 10.32.3.12.");
    silent.give("w-3", "code_analysis", payload);
    assertThat(refusal(silent)).isEqualTo("This node runs no code_analysis for 10.32.3.13.");

    // Each refusal is a fresh hand-out under a wire id that was never used before.
    JsonObject mute =
        Eventually.get(
            Duration.ofSeconds(20), silent::status, now -> now.getJsonArray("given").size() >= 2);
    assertThat(mute.getJsonArray("given")).doesNotHaveDuplicates();
    assertThat(mute.getJsonObject("dropped")).as(mute.toString()).isEmpty();
    JsonObject waits = desk.ask("GET", "/tasks?state=queued,leased", "").body();
    assertThat(waits.toString()).contains("The old node did not take it on within 5 s.");
    assertThat(able.status().getJsonObject("received")).doesNotContainKeys("link_end");
  }

  private static String task(String machine) {
    return """
    {"type":"code_analysis","service":"%s","machines":"%s","payload":{"path":"/src"}}\
    """
        .formatted(SERVICE, machine);
  }

  private static String refusal(OldNodeProcess old) throws Exception {
    List<JsonObject> said =
        Eventually.get(old::tasks, now -> now.toString().contains("task_failed"));
    return said.stream()
        .filter(answer -> answer.getString("message_type").equals("task_failed"))
        .map(answer -> answer.getJsonObject("payload").getString("error"))
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
