package dev.caelum.cluster;

import dev.caelum.cluster.ProbeMessage.Ack;
import dev.caelum.cluster.ProbeMessage.Nack;
import dev.caelum.cluster.ProbeMessage.Relay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions of others that this node passes on: the target is probed, its answer is handed back,
 * and if there is none in time a nack says that at least this node is there (Lifeguard).
 */
final class Errands {
  private static final int LIMIT = 512;

  private record Errand(long number, Endpoint asker, long startedAt, long nackAt, boolean nacked) {
    Errand told() {
      return new Errand(number, asker, startedAt, nackAt, true);
    }
  }

  private final Table table;
  private final ProbePost post;
  private final Map<Long, Errand> open = new LinkedHashMap<>();

  Errands(Table table, ProbePost post) {
    this.table = table;
    this.post = post;
  }

  void asked(Relay relay, Endpoint asker) {
    Row target = table.rows.withInstance(relay.target());
    if (target == null || target.probe == null || open.size() >= LIMIT) {
      return;
    }
    long number = post.number();
    long nackAt = table.now + table.settings.probeTimeout().toNanos() * 4 / 5;
    open.put(number, new Errand(relay.number(), asker, table.now, nackAt, false));
    post.probe(target, number);
  }

  /** Hands {@code ack} to who asked for it; whether somebody had. */
  boolean answered(Ack ack) {
    Errand errand = open.remove(ack.number());
    if (errand == null) {
      return false;
    }
    table.emit(
        new Effect.SendProbe(
            errand.asker(), new Ack(errand.number(), ack.about(), ack.incarnation(), List.of())));
    return true;
  }

  void tick() {
    if (open.isEmpty()) {
      return;
    }
    long patience = 2 * table.settings.probeTimeout().toNanos();
    open.values().removeIf(errand -> table.now - errand.startedAt() > patience);
    open.replaceAll((number, errand) -> {
      if (errand.nacked() || table.now - errand.nackAt() < 0) {
        return errand;
      }
      table.emit(new Effect.SendProbe(errand.asker(), new Nack(errand.number())));
      return errand.told();
    });
  }

  void clear() {
    open.clear();
  }
}
