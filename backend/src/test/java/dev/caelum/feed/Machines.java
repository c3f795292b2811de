package dev.caelum.feed;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table for tests: alive and linked for ten seconds unless told otherwise. */
public final class Machines {
  /** Now, in monotonic nanoseconds. */
  public static final long NOW = 100_000_000_000L;

  private final String name;
  private MemberState state = MemberState.ALIVE;
  private boolean self;
  private boolean linked = true;
  private boolean legacy;
  private @Nullable String sharedId;
  private long firstSeen = NOW - 10_000_000_000L;
  private long incarnation;
  private Member.@Nullable Probes probes;
  private Member.@Nullable Doubt doubt;

  private Machines(String name) {
    this.name = name;
  }

  public static Machines machine(String name) {
    return new Machines(name);
  }

  /** The instance of the machine of that name. */
  public static InstanceId instance(String name) {
    return new InstanceId("instance-of-" + name);
  }

  /** A doubt that began a second ago. */
  public static Member.Doubt doubt(Member.Doubt.Outcome outcome, String... accusers) {
    boolean open = outcome == Member.Doubt.Outcome.OPEN;
    return new Member.Doubt(
        NOW - 1_000_000_000L,
        "no answer to a probe for 1024 ms",
        Arrays.stream(accusers).map(Machines::instance).toList(),
        outcome,
        open ? 0 : NOW - 400_000_000L);
  }

  /** A table of {@code alpha}, which is this node, and {@code others}. */
  public static ClusterSnapshot table(Member... others) {
    List<Member> all = new ArrayList<>();
    Machines alpha = machine("alpha");
    alpha.self = true;
    all.add(alpha.unlinked().build());
    all.addAll(List.of(others));
    return new ClusterSnapshot(1, NOW, all);
  }

  public Machines state(MemberState state) {
    this.state = state;
    return this;
  }

  public Machines unlinked() {
    this.linked = false;
    return this;
  }

  public Machines legacy() {
    this.legacy = true;
    return this;
  }

  /** It has {@code id} like others, and was seen first {@code secondsAgo}. */
  public Machines sharing(String id, int secondsAgo) {
    this.sharedId = id;
    this.firstSeen = NOW - secondsAgo * 1_000_000_000L;
    return this;
  }

  public Machines incarnation(long incarnation) {
    this.incarnation = incarnation;
    return this;
  }

  public Machines probes(int asked, int lost, boolean udpBlocked) {
    this.probes = new Member.Probes(420L, asked, lost, udpBlocked);
    return this;
  }

  public Machines doubt(Member.Doubt doubt) {
    this.doubt = doubt;
    return this;
  }

  public Member build() {
    Endpoint endpoint = new Endpoint("10.0.0.7", 8080);
    long since = NOW - 10_000_000_000L;
    return new Member(
        "id-" + name + "@" + endpoint,
        new NodeId(sharedId == null ? "id-" + name : sharedId),
        instance(name),
        state,
        endpoint,
        name,
        "10.0.0.7",
        "c1",
        "lan",
        self,
        legacy,
        false,
        sharedId != null,
        linked ? new Member.Link(1, true, endpoint.toString(), since, 1_500L) : null,
        null,
        incarnation,
        firstSeen,
        NOW - 12_000_000_000L,
        since,
        null,
        List.of(),
        probes,
        doubt);
  }
}
