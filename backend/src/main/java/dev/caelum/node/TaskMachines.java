package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.task.Machine;
import dev.caelum.task.ResourceNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The members of the cluster as the coordinator of tasks knows them. It looks ten times a second,
 * so only members that changed are made anew.
 */
final class TaskMachines implements Supplier<List<Machine>> {
  private final Supplier<ClusterSnapshot> table;
  private List<Member> members = List.of();
  private List<Machine> machines = List.of();

  TaskMachines(Supplier<ClusterSnapshot> table) {
    this.table = table;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A member that did not change is the same object.
  public synchronized List<Machine> get() {
    List<Member> now = table.get().members();
    if (now != members) {
      List<Machine> next = new ArrayList<>(now.size());
      for (int i = 0; i < now.size(); i++) {
        Member member = now.get(i);
        boolean same = i < members.size() && members.get(i) == member;
        next.add(same ? machines.get(i) : machine(member));
      }
      members = now;
      machines = List.copyOf(next);
    }
    return machines;
  }

  private static Machine machine(Member member) {
    return new Machine(
        member.key(), member.id().value(), member.hostname(), standing(member), capacity(member));
  }

  private static Machine.Standing standing(Member member) {
    // Old nodes on Linux all have one id; it tells nothing.
    if (member.duplicateId() && !member.legacy()) {
      return Machine.Standing.CLONED;
    }
    if (member.self()) {
      return Machine.Standing.SELF;
    }
    if (member.foreign()) {
      return Machine.Standing.FOREIGN;
    }
    return switch (member.state()) {
      case ALIVE ->
          member.link() == null
              ? Machine.Standing.UNLINKED
              : member.legacy() ? Machine.Standing.LEGACY : Machine.Standing.LINKED;
      case SUSPECT -> Machine.Standing.SUSPECT;
      case DEAD, LEFT, HEARD -> Machine.Standing.ABSENT;
    };
  }

  private static @Nullable ResourceNeed capacity(Member member) {
    MachineInfo info = member.info();
    if (info == null) {
      return null;
    }
    MachineInfo.Resources has = info.resources();
    Integer cores = has.cpuCores();
    Double memory = has.memoryTotalGb();
    List<MachineInfo.Gpu> gpus = has.gpus();
    return cores == null || memory == null
        ? null
        : new ResourceNeed(cores, memory, gpus == null ? 0 : gpus.size());
  }
}
