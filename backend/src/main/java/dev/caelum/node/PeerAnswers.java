package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.Self;
import dev.caelum.feed.DisplayText;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.Frame;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MachineInfoCodec;
import dev.caelum.wire.RegistrationCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What peers ask and this node answers from its table, within the bounds of a message. */
final class PeerAnswers {
  private static final int MACHINES = 150;

  /** Of machines in one answer; in UTF-8 that stays below the 1 MiB of a message. */
  private static final int CHARACTERS = 256 * 1_024;

  private final Supplier<Self> self;
  private final Supplier<ClusterSnapshot> table;

  PeerAnswers(Supplier<Self> self, Supplier<ClusterSnapshot> table) {
    this.self = self;
    this.table = table;
  }

  /** Whom this node is linked with, for one of our own nodes. */
  Frame.Machines machines() {
    return new Frame.Machines(
        linked().stream()
            .limit(MACHINES)
            .map(member ->
                new Frame.KnownMachine(
                    member.id().value(),
                    member.instance() == null ? null : member.instance().value(),
                    member.endpoint().host(),
                    member.endpoint().port()))
            .toList());
  }

  /** The same for an old node: who we are, and the others as {@code discovered_machines}. */
  Map<String, @Nullable Object> discovered() {
    List<Map<String, @Nullable Object>> machines = new ArrayList<>();
    int characters = 0;
    for (Member member : linked()) {
      MachineInfo info = member.info();
      if (info == null || machines.size() == MACHINES) {
        continue;
      }
      Map<String, @Nullable Object> machine = MachineInfoCodec.encode(info);
      characters += JsonText.write(machine).length();
      if (characters > CHARACTERS) {
        break;
      }
      machines.add(machine);
    }
    Map<String, @Nullable Object> payload =
        RegistrationCodec.encode(self.get(), table.get().self().incarnation());
    payload.put("discovered_machines", machines);
    return payload;
  }

  private List<Member> linked() {
    return table.get().members().stream()
        .filter(member -> !member.self() && member.connected())
        .toList();
  }

  /** The answer to an old node's {@code service_query}. */
  Map<String, @Nullable Object> serviceResponse(Envelope envelope) {
    String name =
        envelope.payload().get("service_name") instanceof String text ? DisplayText.name(text) : "";
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("service_name", name);
    out.put("location", location(name));
    return out;
  }

  /** {@code ip:port} of a running service anywhere in the cluster; null when nobody has it. */
  @Nullable String location(String name) {
    for (Member member : table.get().members()) {
      MachineInfo info = member.info();
      if (info == null || !member.state().online()) {
        continue;
      }
      for (MachineInfo.ServiceInfo service : info.runningServices()) {
        if (service.serviceName().equals(name)) {
          return new Endpoint(
                  member.self() ? info.primaryIp() : member.endpoint().host(), service.port())
              .toString();
        }
      }
    }
    return null;
  }
}
