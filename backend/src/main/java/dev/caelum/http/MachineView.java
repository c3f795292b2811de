package dev.caelum.http;

import dev.caelum.cluster.Failure;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.FailureText;
import java.util.List;
import java.util.Map;
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
    String address,
    @Nullable String instance,
    double lastSeenSeconds,
    double stateSinceSeconds,
    @Nullable LinkView link,
    @Nullable FailureView failure) {

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

  /** The live link. */
  public record LinkView(String direction, @Nullable Double rttMs, double sinceSeconds) {}

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
   * @param now monotonic nanoseconds of the row's own clock
   */
  static MachineView of(Member member, long now) {
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
        member.endpoint().toString(),
        member.instance() == null ? null : member.instance().value(),
        member.self() ? 0 : age(member.lastEvidenceAt(), now),
        age(member.stateSince(), now),
        link(member.link(), now),
        failure(member, now));
  }

  static List<MachineView> of(List<Member> members, long now) {
    return members.stream().map(member -> of(member, now)).toList();
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

  private static @Nullable LinkView link(Member.@Nullable Link link, long now) {
    if (link == null) {
      return null;
    }
    Long rtt = link.rttMicros();
    return new LinkView(
        link.outbound() ? "outbound" : "inbound",
        rtt == null ? null : rtt / 1e3,
        age(link.since(), now));
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

  private static double age(long at, long now) {
    return Words.seconds(Math.max(0, now - at));
  }
}
