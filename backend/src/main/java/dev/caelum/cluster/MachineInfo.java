package dev.caelum.cluster;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a machine says about itself; the keys of the wire's {@code machine_info}, one component
 * each. Sizes are in GiB (the wire's {@code _gb}), percentages 0 to 100. A number that was not
 * measured is null, never 0.
 *
 * @param lastHeartbeat ISO-8601 by the machine's own clock; shown, never used for liveness
 * @param platform free-form, at least {@code system}
 */
public record MachineInfo(
    String machineId,
    String hostname,
    String primaryIp,
    NetworkInfo networkInfo,
    Resources resources,
    Status status,
    List<ServiceInfo> runningServices,
    List<Integer> availablePorts,
    String lastHeartbeat,
    String caelumVersion,
    @Nullable Map<String, Object> platform,
    String clusterId,
    String clusterName,
    Role role) {

  /** The key of {@code platform} by which a simulated machine is known everywhere. */
  public static final String SIMULATED = "simulated";

  public MachineInfo {
    runningServices = List.copyOf(runningServices);
    availablePorts = List.copyOf(availablePorts);
  }

  /** Whether it says that it is no machine, but plays one in a demo. */
  public boolean simulated() {
    return platform != null && "true".equals(platform.get(SIMULATED));
  }

  /** What the machine says it is doing. */
  public enum Status {
    ONLINE,
    OFFLINE,
    BUSY,
    MAINTENANCE
  }

  /** The machine's part in the cluster, as old nodes know it. */
  public enum Role {
    NODE,
    COORDINATOR,
    HYBRID
  }

  /** The machine's addresses. */
  public record NetworkInfo(
      String hostname,
      List<String> ipAddresses,
      List<String> macAddresses,
      List<NetworkInterface> networkInterfaces) {
    public NetworkInfo {
      ipAddresses = List.copyOf(ipAddresses);
      macAddresses = List.copyOf(macAddresses);
      networkInterfaces = List.copyOf(networkInterfaces);
    }
  }

  /** One interface with its addresses. */
  public record NetworkInterface(String name, List<InterfaceAddress> addresses) {
    public NetworkInterface {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * One address of an interface.
   *
   * @param type {@code ipv4}, {@code ipv6} or {@code mac}
   */
  public record InterfaceAddress(String type, String address, @Nullable String netmask) {}

  /** What the machine has, and how much of it is free. */
  public record Resources(
      @Nullable Integer cpuCores,
      @Nullable Double cpuUsagePercent,
      @Nullable Double memoryTotalGb,
      @Nullable Double memoryAvailableGb,
      @Nullable Double memoryUsagePercent,
      @Nullable Double diskTotalGb,
      @Nullable Double diskAvailableGb,
      @Nullable Double diskUsagePercent,
      @Nullable List<Gpu> gpus) {}

  /** One graphics card; memory in MiB. */
  public record Gpu(
      int id,
      String name,
      @Nullable Double memoryTotal,
      @Nullable Double memoryUsed,
      @Nullable Double memoryFree,
      @Nullable Double load,
      @Nullable Double temperature) {}

  /** One service that listens on the machine. */
  public record ServiceInfo(
      int port, String serviceName, String serviceType, String purpose, String status) {}
}
