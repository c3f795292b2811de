package dev.caelum.wire;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Rumor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rumors as short objects, the same in datagrams and frames. The incarnation 0 and an author that
 * is the member itself are not written.
 */
final class RumorCodec {
  private static final int TEXT = 64;
  private static final int INSTANCE = 32;

  private RumorCodec() {}

  /** Reads the list under {@code key}; a single rumor that is none refuses all of them. */
  static Decoded<List<Rumor>> decode(Map<String, @Nullable Object> object, String key, int most) {
    Fields fields = new Fields(object);
    List<?> list = fields.list(key);
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, fields.problem());
    }
    List<Map<String, @Nullable Object>> entries = fields.objects(key, most);
    if (entries.size() < list.size()) {
      return Decoded.rejected(
          Refusal.SCHEMA, key + " must be at most " + most + " objects, not " + list.size());
    }
    List<Rumor> out = new ArrayList<>(entries.size());
    for (Map<String, @Nullable Object> entry : entries) {
      switch (rumor(entry)) {
        case Decoded.Value<Rumor>(Rumor rumor) -> out.add(rumor);
        case Decoded.Rejected<Rumor> rejected -> {
          return rejected.as();
        }
      }
    }
    return new Decoded.Value<>(out);
  }

  private static Decoded<Rumor> rumor(Map<String, @Nullable Object> entry) {
    Fields fields = new Fields(entry);
    String id = fields.text("id", TEXT);
    String instance = fields.text("in", INSTANCE);
    String author = fields.text("by", instance, INSTANCE);
    Rumor.Claim claim = claim(fields.text("is", TEXT));
    long incarnation = fields.whole("inc", 0L, 0, Long.MAX_VALUE);
    Rumor.Introduction introduction = fields.has("host") ? introduction(fields) : null;
    if (fields.problem() != null) {
      return refused(fields.problem());
    }
    if (id.isBlank() || instance.isBlank() || author.isBlank()) {
      return refused("an id is empty");
    }
    if (claim == null) {
      return refused("an unknown claim");
    }
    if (introduction != null && claim != Rumor.Claim.ALIVE) {
      return refused("only an alive member is introduced");
    }
    if (introduction != null && !AddressText.literal(introduction.endpoint().host())) {
      return refused("host must be an IP address");
    }
    return new Decoded.Value<>(
        new Rumor(
            new NodeId(id),
            new InstanceId(instance),
            claim,
            incarnation,
            new InstanceId(author),
            introduction));
  }

  private static Decoded<Rumor> refused(String why) {
    return Decoded.rejected(Refusal.SCHEMA, "rumor: " + why);
  }

  private static Rumor.Introduction introduction(Fields fields) {
    String host = fields.text("host", TEXT);
    return new Rumor.Introduction(
        new Endpoint(host.isEmpty() ? "-" : host, (int) fields.whole("port", null, 1, 65_535)),
        ProbeAddresses.decode(fields),
        fields.text("name", TEXT),
        fields.text("cid", "", TEXT),
        fields.text("cname", "", TEXT));
  }

  private static Rumor.@Nullable Claim claim(String code) {
    return switch (code) {
      case "alive" -> Rumor.Claim.ALIVE;
      case "suspect" -> Rumor.Claim.SUSPECT;
      case "dead" -> Rumor.Claim.DEAD;
      case "left" -> Rumor.Claim.LEFT;
      default -> null;
    };
  }

  static List<Map<String, @Nullable Object>> encode(List<Rumor> rumors) {
    return rumors.stream().map(RumorCodec::encode).toList();
  }

  private static Map<String, @Nullable Object> encode(Rumor rumor) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", rumor.id().value());
    out.put("in", rumor.instance().value());
    out.put("is", rumor.claim().name().toLowerCase(Locale.ROOT));
    if (rumor.incarnation() > 0) {
      out.put("inc", rumor.incarnation());
    }
    if (!rumor.author().equals(rumor.instance())) {
      out.put("by", rumor.author().value());
    }
    Rumor.Introduction introduction = rumor.introduction();
    // An address with a zone leads nowhere from another machine.
    if (introduction != null && !introduction.endpoint().linkLocal()) {
      out.put("host", introduction.endpoint().host());
      out.put("port", introduction.endpoint().port());
      ProbeAddresses.encode(introduction.probe(), out);
      out.put("name", introduction.hostname());
      out.put("cid", introduction.clusterId());
      out.put("cname", introduction.clusterName());
    }
    return out;
  }
}
