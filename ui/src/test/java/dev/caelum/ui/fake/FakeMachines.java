package dev.caelum.ui.fake;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.NodeEvent;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Machines as the dashboard reads them from a node. */
public final class FakeMachines {
  private FakeMachines() {}

  /** The rows that {@code json} tells. */
  public static List<Machine> read(List<JsonObject> json) {
    return NodeEvent.read("snapshot", FakeJson.snapshot(json))
        .map(NodeEvent.Snapshot.class::cast)
        .orElseThrow()
        .machines();
  }

  /** This node and {@code count} others, {@code perNetwork} of them in each network. */
  public static List<JsonObject> many(int count, int perNetwork) {
    List<JsonObject> all = new ArrayList<>(List.of(FakeJson.self()));
    for (int i = 0; i < count; i++) {
      String ip = "10.0." + i / perNetwork + "." + (i % perNetwork + 1);
      all.add(FakeJson.machine("m" + i, ip, i % 50 == 7 ? "suspect" : "alive", true).build());
    }
    return all;
  }
}
