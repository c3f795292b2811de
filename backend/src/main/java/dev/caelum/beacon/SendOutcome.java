package dev.caelum.beacon;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one announcement, interface by interface. */
public record SendOutcome(List<PerInterface> interfaces) {
  public SendOutcome {
    interfaces = List.copyOf(interfaces);
  }

  /**
   * One interface.
   *
   * @param copies how many datagrams left: group, broadcasts, IPv6 group
   * @param failures how many did not
   * @param problem the last failure in the system's words; null without one
   */
  public record PerInterface(String name, int copies, int failures, @Nullable String problem) {}

  /** Whether at least one datagram left this machine. */
  public boolean left() {
    return interfaces.stream().anyMatch(each -> each.copies() > 0);
  }

  /** Whether a send failed somewhere: reason enough to {@link BeaconSockets#refresh} at once. */
  public boolean troubled() {
    return interfaces.stream().anyMatch(each -> each.failures() > 0);
  }

  /** The most copies that one segment carries of this announcement. */
  public int copies() {
    return interfaces.stream().mapToInt(PerInterface::copies).max().orElse(0);
  }
}
