package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people install, on hosts of a LAN: unpacked or installed, run, stopped and removed. */
@InLab
class PackagesIT {
  private static final OptionalInt TERMINATED = OptionalInt.of(143);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  @DisplayName("The archive runs where it is unpacked, in a folder with spaces, and stops in order")
  void theArchiveRuns(Lab lab) throws Exception {
    Host host = lab.host();
    Path archive = Packed.make("archive", host.folder());
    Path folder = Files.createDirectories(host.folder().resolve("a folder"));
    host.sh("tar -C '%s' -xzf '%s'".formatted(folder, archive));
    Path program =
        folder.resolve(archive.getFileName().toString().replace(".tar.gz", "") + "/bin/caelum");
    Path data = host.folder().resolve("data");
    Child node =
        host.start("archive", List.of(program.toString(), "beacon", "--data", data.toString()));
    awaitAnswer(host, 8080, "health", node);
    Child asked = host.start("status", List.of(program.toString(), "status"));
    assertThat(asked.exit(Duration.ofSeconds(30))).as(asked.output()).hasValue(0);
    node.terminate();
    assertThat(node.exit(Duration.ofSeconds(10))).as(node.output()).isEqualTo(TERMINATED);
    assertThat(data.resolve("machine_id")).exists();
  }

  @Test
  @DisplayName("The .deb installs, its unit's command runs, and removal leaves nothing but data")
  void theDebInstallsRunsAndGoes(Lab lab) throws Exception {
    Host host = lab.host();
    assumeTrue("root".equals(System.getenv("CAELUM_LAB")), "installing needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is missing: no Debian");
    Path image = copyOnWrite(host);
    assumeTrue(Files.exists(image.resolve("usr/bin/dpkg")), "no overlay of / can be mounted here");
    Path deb = Packed.make("deb", host.folder());
    assertThat(host.sh("dpkg-deb --field '%s'".formatted(deb)))
        .contains("Package: caelum\n")
        .containsPattern("Maintainer: [^<]+ <[^@]+@[^@]+>\n")
        .doesNotContain("@VERSION@", "@SIZE@");
    assertThat(host.sh("dpkg-deb --contents '%s'".formatted(deb)).lines())
        .allMatch(line -> line.contains(" root/root "));

    host.sh("cp '%s' '%s/tmp/caelum.deb'".formatted(deb, image));
    inside(host, image, "dpkg -i /tmp/caelum.deb && rm /tmp/caelum.deb");
    assertThat(inside(host, image, "dpkg --verify caelum; stat -c '%U %a' /var/lib/caelum"))
        .isEqualTo("caelum 700");
    String unit = Files.readString(image.resolve("usr/lib/systemd/system/caelum.service"));
    assertThat(value(unit, "User")).isEqualTo("caelum");
    Child service =
        host.start(
            "unit",
            List.of(
                "sh",
                "-c",
                "exec chroot --userspec=caelum:caelum '%s' env -i %s %s"
                    .formatted(image, value(unit, "Environment"), value(unit, "ExecStart"))));
    awaitAnswer(host, 8080, "health", service);
    awaitAnswer(host, 8090, "", service);
    service.terminate();
    assertThat(service.exit(Duration.ofSeconds(10))).as(service.output()).isEqualTo(TERMINATED);

    inside(host, image, "dpkg -r caelum");
    assertThat(left(host)).contains("etc/caelum/application.yaml", "var/lib/caelum/machine_id");
    assertThat(left(host)).allMatch(file -> file.matches("(etc|var/lib)/caelum/.*"));
    inside(host, image, "dpkg -P caelum");
    assertThat(left(host)).isEmpty();
    assertThat(inside(host, image, "getent passwd caelum || echo nobody")).isEqualTo("nobody");
  }

  /** A view of this machine's files in which the host may change what it likes. */
  private static Path copyOnWrite(Host host) throws IOException {
    Path folder = Files.createDirectories(host.folder().resolve("machine"));
    host.sh(
        """
        cd '%s' && mount -t tmpfs none . && cd . && cd "$PWD" && mkdir upper work image && {
          mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work image &&
          mount --bind /dev image/dev && mount -t proc proc image/proc &&
          mount -t tmpfs none image/tmp; } || :; cd /
        """
            .formatted(folder));
    // Mounts of the host are seen through its process alone.
    return Path.of("/proc/" + host.pid() + "/root" + folder + "/image");
  }

  private static String inside(Host host, Path image, String script) {
    Path there = Path.of("/").resolve(image.subpath(3, image.getNameCount()));
    return host.sh(
        "chroot '%s' /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -c \"%s\""
            .formatted(there, script));
  }

  /** Files that were added or changed, but for what the system keeps about packages and users. */
  private static List<String> left(Host host) throws IOException {
    return host.sh("cd '%s/machine/upper' && find . -type f; cd /".formatted(host.folder()))
        .lines()
        .map(file -> file.substring(2))
        .filter(file -> !file.matches("var/(lib/(dpkg|systemd)|log|cache)/.*"))
        .filter(
            file -> !file.matches("etc/(passwd|shadow|group|gshadow|subuid|subgid|\\.pwd)[-.\\w]*"))
        .toList();
  }

  private static String value(String unit, String key) {
    return unit.lines()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private void awaitAnswer(Host host, int port, String path, Child process) throws Exception {
    URI uri = URI.create("http://" + host.address() + ":" + port + "/" + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    int status =
        Eventually.get(
            Duration.ofSeconds(60),
            () -> {
              assertThat(process.alive()).as(process.output()).isTrue();
              try {
                return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
              } catch (IOException notYet) {
                return 0;
              }
            },
            answer -> answer == 200);
    assertThat(status).isEqualTo(200);
  }
}
