package dev.caelum.cluster.sim;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Rumor;
import java.util.List;

/** What travels over a {@link Connection}, in order. */
sealed interface Message {
  record Register(Registration who, String id) implements Message {}

  record Welcome(Registration who) implements Message {}

  record Ping(long sentAt) implements Message {}

  record Pong(long sentAt) implements Message {}

  record Heartbeat(MachineInfo info) implements Message {}

  record Ask() implements Message {}

  record Machines(List<Endpoint> endpoints) implements Message {}

  record Rumors(List<Rumor> rumors) implements Message {}

  record Digest(List<Integer> buckets) implements Message {}

  record Lines(List<Rumor> lines, List<Integer> buckets, boolean reply) implements Message {}

  record Goodbye() implements Message {}

  /** The sender closed the link, or its kernel did after the process was gone. */
  record End(int code, String reason) implements Message {}
}
