package dev.caelum.node;

import dev.caelum.cluster.Self;
import dev.caelum.config.NodeConfig;
import java.util.Set;

/** The names by which callers may address this node, beside its addresses. */
final class OwnNames {
  private OwnNames() {}

  static Set<String> of(NodeConfig config, Self self) {
    String hostname = self.info().hostname();
    return config
        .advertise()
        .map(advertised -> Set.of(hostname, hostname + ".local", advertised.host()))
        .orElse(Set.of(hostname, hostname + ".local"));
  }
}
