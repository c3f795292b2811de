package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.discovery.KnownMachines;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.NodeStatus.Note;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The machines that the configuration names: they are contacted until they are linked, and people
 * are told which one is missing and why.
 */
final class ConfiguredMachines {
  private static final int NAMED = 5;

  private volatile List<HostPort> known;
  private final Supplier<ClusterSnapshot> table;
  private final Consumer<Input> inputs;
  private final Map<HostPort, Endpoint> resolved = new ConcurrentHashMap<>();
  private final Map<HostPort, FailureText> missing = new ConcurrentHashMap<>();
  private final Set<HostPort> resolving = ConcurrentHashMap.newKeySet();

  ConfiguredMachines(
      List<HostPort> known, Supplier<ClusterSnapshot> table, Consumer<Input> inputs) {
    this.known = known;
    this.table = table;
    this.inputs = inputs;
  }

  /**
   * Resolves and contacts each; never blocks. To be called at start, before anybody else names an
   * address: by configuration it may lie anywhere, by memory in an attached subnet only.
   */
  void contact() {
    for (HostPort address : known) {
      if (address.literal().isPresent()) {
        contact(address);
      } else if (resolving.add(address)) {
        Thread.ofVirtual().name("known machine").start(() -> contact(address));
      }
    }
  }

  /** Takes other machines in their place and contacts those that are new, at once. */
  void use(List<HostPort> machines) {
    if (machines.equals(known)) {
      return;
    }
    known = machines;
    resolved.keySet().retainAll(machines);
    missing.keySet().retainAll(machines);
    contact();
  }

  private void contact(HostPort address) {
    try {
      String host = InetAddress.getByName(address.host()).getHostAddress();
      if (!known.contains(address)) {
        return;
      }
      Endpoint target = new Endpoint(host, address.port());
      resolved.put(address, target);
      inputs.accept(
          new Input.Contact(
              System.nanoTime(), target, Input.Origin.CONFIGURATION, KnownMachines.NAME));
    } catch (UnknownHostException e) {
      missing.put(
          address,
          FailureText.of(
              FailureCode.NAME,
              new FailureText.Subject(null, address.host(), address.port(), false, "", 0)));
    } finally {
      resolving.remove(address);
    }
  }

  /** Takes every event of the cluster: how attempts on known machines end. */
  void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.Connected link) {
      at(link.target(), missing::remove);
    } else if (event instanceof ClusterEvent.DialFailed dial) {
      Member member = dial.member();
      if (dial.failure().code() == FailureCode.ALREADY) {
        at(dial.failure().target(), missing::remove);
      } else {
        FailureText why =
            FailureText.of(
                dial.failure(), member == null ? null : member.hostname(), member != null);
        at(dial.failure().target(), address -> missing.put(address, why));
      }
    }
  }

  private void at(Endpoint target, Consumer<HostPort> action) {
    resolved.forEach((address, endpoint) -> {
      if (endpoint.equals(target)) {
        action.accept(address);
      }
    });
  }

  /** Addresses that are known from here or from the table and have no link, and who named each. */
  Map<Endpoint, Input.Origin> unlinked() {
    Map<Endpoint, Input.Origin> out = new LinkedHashMap<>();
    for (Endpoint endpoint : resolved.values()) {
      if (!linked(endpoint)) {
        out.put(endpoint, Input.Origin.CONFIGURATION);
      }
    }
    for (Member member : table.get().members()) {
      if (!member.connected() && !member.foreign()) {
        out.putIfAbsent(member.endpoint(), Input.Origin.MEMORY);
      }
    }
    return out;
  }

  private boolean linked(@Nullable Endpoint endpoint) {
    return endpoint != null
        && table.get().members().stream()
            .anyMatch(member -> member.connected() && member.endpoint().equals(endpoint));
  }

  /** Which of them are missing and why; empty when none is. */
  Optional<Note> note() {
    List<HostPort> gone =
        known.stream()
            .filter(missing::containsKey)
            .filter(address -> !linked(resolved.get(address)))
            .toList();
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    String reasons =
        gone.stream()
            .limit(NAMED)
            .map(address -> address + ": " + why(missing.get(address)))
            .collect(Collectors.joining(" "));
    String head =
        gone.size() == 1
            ? "A known machine is not connected. "
            : gone.size() + " known machines are not connected. ";
    return Optional.of(new Note("known_unreachable", head + reasons));
  }

  private static String why(@Nullable FailureText words) {
    return words == null ? "" : words.text() + " " + words.hint();
  }
}
