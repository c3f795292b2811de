package dev.caelum.feed;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is meant by an instance, in the table of one moment. Not thread-safe. */
public final class MemberNames {
  private static final int SHOWN = 8;

  private final ClusterSnapshot table;
  private @Nullable Map<InstanceId, Member> found;

  public MemberNames(ClusterSnapshot table) {
    this.table = table;
  }

  /** The table that they are looked up in. */
  ClusterSnapshot table() {
    return table;
  }

  /** The row of {@code instance}; null when the table has none (any more). */
  public @Nullable Member find(InstanceId instance) {
    Map<InstanceId, Member> known = found;
    if (known == null) {
      known = new HashMap<>();
      for (Member member : table.members()) {
        InstanceId each = member.instance();
        if (each != null) {
          known.put(each, member);
        }
      }
      found = known;
    }
    return known.get(instance);
  }

  /** Its name for people: {@code this node}, a host name, or what is left of one that is gone. */
  public String name(InstanceId instance) {
    Member member = find(instance);
    if (member == null) {
      return "a machine not in the table (instance "
          + DisplayText.clean(instance.value(), SHOWN)
          + ")";
    }
    return member.self() ? "this node" : name(member);
  }

  /** The names in one line. */
  public String names(List<InstanceId> instances) {
    return instances.stream().map(this::name).collect(Collectors.joining(", "));
  }

  /** The name of {@code member} for people. */
  public static String name(Member member) {
    String shown = DisplayText.name(member.hostname());
    return shown.isBlank() ? DisplayText.name(member.id().value()) : shown;
  }
}
