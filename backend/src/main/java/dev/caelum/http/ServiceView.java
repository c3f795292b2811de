package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.service.Service;
import dev.caelum.service.Spoken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service of one machine.
 *
 * @param legacy whether its machine is an old node, which says only that it runs
 * @param port null when only a client's file names it, without an address on its machine
 * @param state {@code ready}, {@code running}, {@code configured}, {@code listening_no_answer},
 *     {@code down}, {@code taken}; {@code unknown} when its machine is not heard now
 * @param since by its machine's clock
 */
public record ServiceView(
    String key,
    String machineId,
    String hostname,
    String address,
    boolean self,
    boolean legacy,
    @Nullable Integer port,
    String name,
    String state,
    String reason,
    @Nullable String holder,
    @Nullable String transport,
    @Nullable String server,
    @Nullable String version,
    @Nullable Double latencyMs,
    List<ToolView> tools,
    int toolsLeftOut,
    boolean configured,
    String since) {

  /** One tool. */
  public record ToolView(String name, String description) {}

  static ServiceView of(Member member, Service service) {
    boolean heard = member.self() || member.connected();
    Spoken spoken = service.spoken();
    return new ServiceView(
        member.key(),
        member.id().value(),
        member.hostname(),
        member.endpoint().host(),
        member.self(),
        member.legacy(),
        service.port() == 0 ? null : service.port(),
        service.name(),
        heard ? service.state().code() : "unknown",
        heard ? service.reason() : silent(member),
        service.holder(),
        spoken == null ? null : spoken.transport(),
        spoken == null ? null : spoken.name(),
        spoken == null ? null : spoken.version(),
        spoken == null ? null : Math.round(spoken.latencyMillis() * 10) / 10.0,
        spoken == null ? List.of() : tools(spoken),
        spoken == null ? 0 : spoken.toolsLeftOut(),
        service.configured(),
        Instant.ofEpochMilli(service.sinceMillis()).toString());
  }

  private static String silent(Member member) {
    return member.state() == MemberState.ALIVE
        ? "Its machine is not linked now."
        : "Its machine is " + Words.of(member.state()) + " now.";
  }

  private static List<ToolView> tools(Spoken spoken) {
    return spoken.tools().stream()
        .map(tool -> new ToolView(tool.name(), tool.description()))
        .toList();
  }
}
