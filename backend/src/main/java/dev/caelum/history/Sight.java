package dev.caelum.history;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a table is worth keeping. */
final class Sight {
  private Sight() {}

  /** What of a machine changes seldom; a change of it is worth a moment. */
  record Shape(
      String series,
      MemberState state,
      Endpoint endpoint,
      String hostname,
      boolean foreign,
      boolean duplicateId,
      @Nullable String path,
      @Nullable FailureCode failure,
      @Nullable String version,
      List<MachineInfo.ServiceInfo> services) {
    static Shape of(Member member) {
      MachineInfo info = member.info();
      Member.Link link = member.link();
      return new Shape(
          Sight.series(member),
          member.state(),
          member.endpoint(),
          member.hostname(),
          member.foreign(),
          member.duplicateId(),
          link == null ? null : link.remote(),
          member.lastFailure() == null ? null : member.lastFailure().code(),
          info == null ? null : info.caelumVersion(),
          info == null ? List.of() : info.runningServices());
    }
  }

  /** Under which name a machine's past is kept: its id, or its key while others have that id. */
  static String series(Member member) {
    return member.duplicateId() ? member.key() : member.id().value();
  }

  /**
   * The numbers of now. Of a machine that is not linked only what probes say, for what it told last
   * may be old; of one that is gone nothing.
   *
   * @param tasks how many wait and run here; null = not known
   * @param rates looks at the links
   */
  static List<Reading> readings(ClusterSnapshot table, @Nullable Tasks tasks, LinkRates rates) {
    List<Reading> readings = new ArrayList<>();
    int online = 0;
    int offline = 0;
    int connected = 0;
    for (Member member : table.members()) {
      if (member.state().online()) {
        online++;
        connected += member.connected() ? 1 : 0;
        readings.add(new Reading(series(member), member.hostname(), values(member, rates)));
      } else if (member.state() != MemberState.HEARD) {
        offline++;
      }
    }
    Map<Metric, Double> cluster = new EnumMap<>(Metric.class);
    cluster.put(Metric.ONLINE, (double) online);
    cluster.put(Metric.OFFLINE, (double) offline);
    cluster.put(Metric.CONNECTED, (double) connected);
    if (tasks != null) {
      cluster.put(Metric.WAITING, (double) tasks.waiting());
      cluster.put(Metric.RUNNING, (double) tasks.running());
    }
    readings.add(new Reading(Reading.CLUSTER, "", cluster));
    return readings;
  }

  private static Map<Metric, Double> values(Member member, LinkRates rates) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    MachineInfo info = member.info();
    if (info != null && member.connected()) {
      put(values, Metric.CPU, info.resources().cpuUsagePercent());
      put(values, Metric.MEMORY, info.resources().memoryUsagePercent());
      put(values, Metric.DISK, info.resources().diskUsagePercent());
    }
    Member.Link link = member.link();
    Member.Probes probes = member.probes();
    Long micros = link != null ? link.rttMicros() : probes != null ? probes.rttMicros() : null;
    put(values, Metric.RTT, micros == null ? null : micros / 1e3);
    LinkRates.Rate rate = link == null ? null : rates.of(link.number());
    if (rate != null) {
      values.put(Metric.SENT, rate.sent() / 1e3);
      values.put(Metric.RECEIVED, rate.received() / 1e3);
    }
    if (probes != null && probes.asked() > 0) {
      values.put(Metric.LOSS, 100.0 * probes.lost() / probes.asked());
    }
    return values;
  }

  private static void put(Map<Metric, Double> values, Metric metric, @Nullable Double value) {
    if (value != null) {
      values.put(metric, value);
    }
  }
}
