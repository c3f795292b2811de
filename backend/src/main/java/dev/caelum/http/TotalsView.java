package dev.caelum.http;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What several machines have together; null where none of them told. */
public record TotalsView(
    @Nullable Integer cpuCores,
    @Nullable Double memoryTotalGb,
    @Nullable Double memoryAvailableGb,
    @Nullable Double diskTotalGb,
    @Nullable Double diskAvailableGb,
    @Nullable Integer gpuCount) {

  static TotalsView of(List<Member> members) {
    List<MachineInfo.Resources> all =
        members.stream()
            .map(Member::info)
            .filter(Objects::nonNull)
            .map(MachineInfo::resources)
            .toList();
    return new TotalsView(
        whole(sum(all, has -> has.cpuCores() == null ? null : has.cpuCores().doubleValue())),
        sum(all, MachineInfo.Resources::memoryTotalGb),
        sum(all, MachineInfo.Resources::memoryAvailableGb),
        sum(all, MachineInfo.Resources::diskTotalGb),
        sum(all, MachineInfo.Resources::diskAvailableGb),
        whole(sum(all, has -> has.gpus() == null ? null : (double) has.gpus().size())));
  }

  private static @Nullable Double sum(
      List<MachineInfo.Resources> all, Function<MachineInfo.Resources, @Nullable Double> part) {
    Double sum = null;
    for (MachineInfo.Resources has : all) {
      Double value = part.apply(has);
      if (value != null) {
        sum = sum == null ? value : sum + value;
      }
    }
    return sum == null ? null : Math.round(sum * 100) / 100.0;
  }

  private static @Nullable Integer whole(@Nullable Double sum) {
    return sum == null ? null : (int) Math.round(sum);
  }
}
