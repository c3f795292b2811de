package dev.caelum.cluster;

import dev.caelum.cluster.ProbeMessage.Probe;
import dev.caelum.cluster.ProbeMessage.Relay;
import java.util.List;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends the failure detector's questions to members, as far as it is known where they hear them.
 */
final class ProbePost {
  private final Table table;
  private final RandomGenerator random;

  ProbePost(Table table, RandomGenerator random) {
    this.table = table;
    this.random = random;
  }

  /** A number that nobody can guess. */
  long number() {
    return random.nextLong(1, ProbeAddress.COOKIE_LIMIT);
  }

  /** Asks {@code row} whether it is there; whether that could be sent. */
  boolean probe(Row row, long number) {
    return send(
        row, cookie -> new Probe(number, table.self.instance(), cookie, table.gossip.riders(row)));
  }

  /** Tells {@code row} what others say of it, so that it can refute it. */
  void accuse(Row row, Rumor claim) {
    send(row, cookie -> new Probe(number(), table.self.instance(), cookie, List.of(claim)));
  }

  /** Asks {@code through} whether {@code target} is there; whether that could be sent. */
  boolean relay(Row through, long number, @Nullable InstanceId target) {
    return target != null
        && send(
            through,
            cookie ->
                new Relay(
                    number, table.self.instance(), cookie, target, table.gossip.riders(null)));
  }

  private boolean send(Row row, LongFunction<ProbeMessage> message) {
    ProbeAddress address = row.probe;
    if (address == null) {
      return false;
    }
    Endpoint target = new Endpoint(row.endpoint.host(), address.port());
    table.emit(new Effect.SendProbe(target, message.apply(address.cookie())));
    return true;
  }
}
