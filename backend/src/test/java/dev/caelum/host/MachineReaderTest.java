package dev.caelum.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.MachineInfo.Resources;
import dev.caelum.cluster.MachineInfo.ServiceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineReaderTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00.123456789Z"), ZoneOffset.UTC);

  @TempDir private Path temp;

  private MachineReader reader() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      Identity identity = Identity.load(folder, Optional.of("lab"), "studio", "10.32.3.11");
      return new MachineReader(identity, "studio", "0.2.0", temp, NOON);
    }
  }

  @Test
  void thisMachineTellsItsNumbersAsOldNodesNeedThem() throws IOException {
    assumeTrue(ProcVitals.available(), "elsewhere the quick look knows less");
    MachineInfo info = reader().quick("10.32.3.11");

    Resources resources = info.resources();
    assertThat(resources.cpuCores()).isPositive();
    assertThat(resources.cpuUsagePercent()).isBetween(0.0, 100.0);
    assertThat(resources.memoryTotalGb()).isPositive();
    assertThat(resources.memoryAvailableGb()).isBetween(0.0, resources.memoryTotalGb());
    assertThat(resources.memoryUsagePercent()).isBetween(0.0, 100.0);
    assertThat(resources.diskTotalGb()).isPositive();
    assertThat(resources.diskUsagePercent()).isBetween(0.0, 100.0);
    assertThat(info.networkInfo().ipAddresses()).contains("127.0.0.1");
    assertThat(info.primaryIp()).isEqualTo("10.32.3.11");
    assertThat(info.clusterName()).isEqualTo("lab");
    assertThat(info.lastHeartbeat()).isEqualTo("2026-11-22T12:00:00.123456+00:00");
    assertThat(info.platform()).containsKeys("system", "release", "version", "machine");
  }

  @Test
  void oshiAndTheKernelsOwnNumbersAgree() {
    assumeTrue(ProcVitals.available(), "compares with /proc");
    Vitals proc = new ProcVitals(Path.of("/"), new OshiVitals()).read();
    Vitals oshi = new OshiVitals().read();

    assertThat(oshi.cores()).isEqualTo(proc.cores());
    assertThat(oshi.memoryTotal()).isEqualTo(proc.memoryTotal());
    assertThat(oshi.processor()).isEqualTo(proc.processor());
    assertThat(share(oshi)).isCloseTo(share(proc), within(0.05));
  }

  private static double share(Vitals vitals) {
    long busy = Objects.requireNonNull(vitals.busyTicks());
    long all = Objects.requireNonNull(vitals.allTicks());
    return (double) busy / all;
  }

  @Test
  void numbersOfTheKernelAreReadFromItsFiles() throws IOException {
    Files.createDirectories(temp.resolve("proc"));
    Files.writeString(
        temp.resolve("proc/stat"),
        "cpu  10 20 30 100 40 5 6 7 99 98\ncpu0 1 1 1 1 1 1 1 1 0 0\ncpu1 1 1 1 1 1 1 1 1 0 0\n");
    Files.writeString(
        temp.resolve("proc/meminfo"), "MemTotal:  2048 kB\nMemFree: 1 kB\nMemAvailable: 1024 kB\n");
    Files.writeString(temp.resolve("proc/cpuinfo"), "model name\t: Test CPU @ 1\n");
    ProcVitals source = new ProcVitals(temp, new OshiVitals());

    assertThat(source.read())
        .isEqualTo(new Vitals(2, 78L, 218L, 2_097_152L, 1_048_576L, "Test CPU @ 1"));
    assertThat(source.gpus()).isNull();
  }

  @Test
  void whatTheKernelDoesNotTellIsUnknown() {
    Vitals vitals = new ProcVitals(temp, new OshiVitals()).read();

    assertThat(vitals.cores()).isPositive();
    assertThat(vitals.busyTicks()).isNull();
    assertThat(vitals.memoryTotal()).isNull();
    assertThat(vitals.processor()).isEmpty();
  }

  @Test
  void listeningKnownPortsAreServicesAndTheirSlotsAreTaken() {
    LocalPorts.Found found = LocalPorts.look(Set.of(8102, 6379, 8080, 8090, 12_345)::contains);

    assertThat(found.services())
        .extracting(ServiceInfo::serviceName)
        .containsExactly("redis", "caelum-code-analysis");
    assertThat(found.available()).hasSize(19).doesNotContain(8102).contains(8100, 8119);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, Linux, x86_64",
    "Linux, aarch64, Linux, aarch64",
    "Mac OS X, aarch64, Darwin, arm64",
    "Mac OS X, x86_64, Darwin, x86_64",
    "Windows 11, amd64, Windows, AMD64"
  })
  void systemsAreNamedAsPythonNamesThem(String osName, String arch, String system, String machine) {
    assertThat(Platform.system(osName)).isEqualTo(system);
    assertThat(Platform.machine(system, arch)).isEqualTo(machine);
  }

  @ParameterizedTest
  @CsvSource({"24, 255.255.255.0", "0, 0.0.0.0", "32, 255.255.255.255", "20, 255.255.240.0"})
  void prefixesAreToldAsMasks(int prefix, String mask) {
    assertThat(Networks.netmask(prefix)).isEqualTo(mask);
  }
}
