package dev.caelum.http;

import dev.caelum.cluster.Failure;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.MemberText;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The Machine object of the API: the keys of old nodes, then ours. What is unknown is null. */
public record MachineView(
    String machineId,
    String hostname,
    String primaryIp,
    MachineInfo.@Nullable NetworkInfo networkInfo,
    @Nullable ResourcesView resources,
    @Nullable String status,
    List<MachineInfo.ServiceInfo> runningServices,
    List<Integer> availablePorts,
    @Nullable String lastHeartbeat,
    @Nullable String caelumVersion,
    @Nullable Map<String, Object> platformInfo,
    String clusterId,
    String clusterName,
    @Nullable String machineRole,
    String key,
    String state,
    boolean connected,
    boolean legacy,
    boolean self,
    boolean foreign,
    boolean duplicateId,
    boolean simulated,
    String address,
    @Nullable String instance,
    double lastSeenSeconds,
    double stateSinceSeconds,
    @Nullable LinkView link,
    @Nullable FailureView failure,
    String summary,
    long incarnation,
    @Nullable ProbesView probes,
    @Nullable DoubtView doubt,
    String label,
    String note,
    List<String> tags,
    boolean ignored) {

  /** What the machine has; the key of its graphics cards is the old one. */
  public record ResourcesView(
      @Nullable Integer cpuCores,
      @Nullable Double cpuUsagePercent,
      @Nullable Double memoryTotalGb,
      @Nullable Double memoryAvailableGb,
      @Nullable Double memoryUsagePercent,
      @Nullable Double diskTotalGb,
      @Nullable Double diskAvailableGb,
      @Nullable Double diskUsagePercent,
      @Nullable List<MachineInfo.Gpu> gpuInfo) {}

  /** The live link; bytes of messages both ways, null where nobody counted them. */
  public record LinkView(
      String direction,
      String path,
      @Nullable Double rttMs,
      double sinceSeconds,
      @Nullable Long bytesSent,
      @Nullable Long bytesReceived) {}

  /** What probing it over UDP showed. */
  public record ProbesView(@Nullable Double rttMs, int asked, int lost, boolean udpBlocked) {}

  /** The last suspicion, over or not. */
  public record DoubtView(
      double sinceSeconds,
      String evidence,
      List<AccuserView> accusers,
      String outcome,
      @Nullable Double endedSeconds) {}

  /** Who found the machine silent. */
  public record AccuserView(String instance, @Nullable String key, @Nullable String hostname) {}

  /** Why the last attempt to link failed. */
  public record FailureView(
      String code,
      String text,
      String hint,
      String evidence,
      String endpoint,
      long ms,
      int attempt,
      double ageSeconds,
      @Nullable Double nextAttemptSeconds) {}

  /**
   * The view of one row.
   *
   * @param names who is meant by an instance
   * @param now monotonic nanoseconds of the row's own clock
   * @param said what the operator of this node says of it
   * @param carried what a link carried, by its number
   */
  static MachineView of(
      Member member,
      MemberNames names,
      long now,
      MachineNote said,
      LongFunction<NodePort.@Nullable Carried> carried) {
    MachineInfo info = member.info();
    return new MachineView(
        member.id().value(),
        member.hostname(),
        member.primaryIp(),
        info == null ? null : info.networkInfo(),
        info == null ? null : resources(info.resources()),
        status(member),
        info == null ? List.of() : info.runningServices(),
        info == null ? List.of() : info.availablePorts(),
        info == null ? null : info.lastHeartbeat(),
        info == null ? null : info.caelumVersion(),
        info == null ? null : info.platform(),
        member.clusterId(),
        member.clusterName(),
        info == null ? null : Words.of(info.role()),
        member.key(),
        Words.of(member.state()),
        member.connected(),
        member.legacy(),
        member.self(),
        member.foreign(),
        member.duplicateId(),
        info != null && info.simulated(),
        member.endpoint().toString(),
        member.instance() == null ? null : member.instance().value(),
        member.self() ? 0 : age(member.lastEvidenceAt(), now),
        age(member.stateSince(), now),
        link(member.link(), now, carried),
        failure(member, now),
        MemberText.summary(member),
        member.incarnation(),
        probes(member.probes()),
        doubt(member.doubt(), names, now),
        said.name(),
        said.note(),
        said.tags(),
        said.ignored());
  }

  /** The row as {@code node} shows it now. */
  static MachineView of(Member member, MemberNames names, NodePort node) {
    return of(member, names, node.now(), node.operator().note(member.id()), node::carried);
  }

  static List<MachineView> of(List<Member> members, MemberNames names, NodePort node) {
    return members.stream().map(member -> of(member, names, node)).toList();
  }

  /** The old word: what the machine says while it is online, {@code offline} once it is gone. */
  private static @Nullable String status(Member member) {
    MachineInfo info = member.info();
    return switch (member.state()) {
      case DEAD, LEFT -> "offline";
      case HEARD -> null;
      case ALIVE, SUSPECT -> info == null ? "online" : Words.of(info.status());
    };
  }

  private static ResourcesView resources(MachineInfo.Resources has) {
    return new ResourcesView(
        has.cpuCores(),
        has.cpuUsagePercent(),
        has.memoryTotalGb(),
        has.memoryAvailableGb(),
        has.memoryUsagePercent(),
        has.diskTotalGb(),
        has.diskAvailableGb(),
        has.diskUsagePercent(),
        has.gpus());
  }

  private static @Nullable LinkView link(
      Member.@Nullable Link link, long now, LongFunction<NodePort.@Nullable Carried> carried) {
    if (link == null) {
      return null;
    }
    Long rtt = link.rttMicros();
    NodePort.Carried bytes = carried.apply(link.number());
    return new LinkView(
        link.outbound() ? "outbound" : "inbound",
        link.remote(),
        rtt == null ? null : rtt / 1e3,
        age(link.since(), now),
        bytes == null ? null : bytes.sent(),
        bytes == null ? null : bytes.received());
  }

  private static @Nullable FailureView failure(Member member, long now) {
    Failure failure = member.lastFailure();
    if (failure == null) {
      return null;
    }
    boolean heard = member.state() == MemberState.HEARD || member.state().online();
    var words = FailureText.of(failure, member.hostname(), heard);
    Long next = failure.nextAttemptAt();
    return new FailureView(
        failure.code().code(),
        words.text(),
        words.hint(),
        failure.evidence(),
        failure.target().toString(),
        failure.millis(),
        failure.attempt(),
        age(failure.at(), now),
        next == null ? null : Words.seconds(Math.max(0, next - now)));
  }

  private static @Nullable ProbesView probes(Member.@Nullable Probes probes) {
    if (probes == null) {
      return null;
    }
    Long rtt = probes.rttMicros();
    return new ProbesView(
        rtt == null ? null : rtt / 1e3, probes.asked(), probes.lost(), probes.udpBlocked());
  }

  private static @Nullable DoubtView doubt(
      Member.@Nullable Doubt doubt, MemberNames names, long now) {
    return doubt == null
        ? null
        : new DoubtView(
            age(doubt.since(), now),
            doubt.evidence(),
            doubt.accusers().stream().map(each -> accuser(each, names)).toList(),
            Words.of(doubt.outcome()),
            doubt.outcome() == Member.Doubt.Outcome.OPEN ? null : age(doubt.endedAt(), now));
  }

  private static AccuserView accuser(InstanceId instance, MemberNames names) {
    Member member = names.find(instance);
    return new AccuserView(
        instance.value(),
        member == null ? null : member.key(),
        member == null ? null : member.hostname());
  }

  private static double age(long at, long now) {
    return Words.seconds(Math.max(0, now - at));
  }
}
