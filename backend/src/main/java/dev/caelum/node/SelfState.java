package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import dev.caelum.discovery.BeaconDiscovery;
import java.util.List;
import java.util.function.Supplier;

/** This node as it is now, for all who tell of it. */
final class SelfState implements BeaconDiscovery.Facts {
  private volatile Self self;
  private volatile Supplier<ClusterSnapshot> table;

  SelfState(Self self) {
    this.self = self;
    this.table = () -> new ClusterSnapshot(0, 0, List.of());
  }

  /** The table is known once the loop stands. */
  void table(Supplier<ClusterSnapshot> supplier) {
    table = supplier;
  }

  /**
   * Takes newly read facts; the address is the machine's main one.
   *
   * @param probePort where this node alone hears datagrams
   */
  synchronized Self update(MachineInfo info, int probePort) {
    Self before = self;
    String host = info.primaryIp().isEmpty() ? before.endpoint().host() : info.primaryIp();
    self =
        new Self(
            before.id(),
            before.instance(),
            before.cluster(),
            new Endpoint(host, before.endpoint().port()),
            new ProbeAddress(probePort, before.probe().cookie()),
            info);
    return self;
  }

  @Override
  public Self self() {
    return self;
  }

  @Override
  public long incarnation() {
    List<Member> members = table.get().members();
    return members.isEmpty() ? 0 : members.getFirst().incarnation();
  }

  @Override
  public int machines() {
    return (int) Math.max(1, table.get().members().stream().filter(SelfState::announces).count());
  }

  private static boolean announces(Member member) {
    return member.state().online() || member.state() == MemberState.HEARD;
  }

  @Override
  public boolean legacyNear() {
    return table.get().members().stream().anyMatch(SelfState::legacyNear);
  }

  private static boolean legacyNear(Member member) {
    return member.legacy() && announces(member);
  }
}
