package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Input;
import dev.caelum.cluster.Rumor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What nodes say to each other in each situation, word by word as kept in {@code
 * src/test/resources/conversations}. After a change on purpose: {@code
 * -Dcaelum.conversations.write=true} writes them anew, for a person to read the difference.
 */
class ConversationsTest {
  private static final Path FOLDER = Path.of("src/test/resources/conversations");
  private static final boolean WRITE = Boolean.getBoolean("caelum.conversations.write");

  /** A situation: what happens to a cluster that is settled, and how long to listen. */
  enum Situation {
    QUIET(3, 3, nodes -> {}),
    KILLED(3, 1, nodes -> nodes.getFirst().kill()),
    CABLE_PULLED(4, 5, nodes -> nodes.getFirst().powerOff()),
    LEFT(3, 1, nodes -> nodes.getFirst().stop()),
    ACCUSED(3, 2, Situation::accuse),
    UDP_BLOCKED(3, 6, nodes -> nodes.getFirst().host.udpBlocked = true),
    RESTARTED(3, 2, Situation::restart),
    OWN_NETWORK_DOWN(6, 4, Situation::isolate);

    private final int count;
    private final int seconds;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<List<Node>> happens;

    Situation(int count, int seconds, Consumer<List<Node>> happens) {
      this.count = count;
      this.seconds = seconds;
      this.happens = happens;
    }

    private static void accuse(List<Node> nodes) {
      Node hearer = nodes.get(1);
      Node teller = nodes.get(2);
      Node accused = nodes.get(0);
      long link = hearer.link(teller);
      Rumor rumor =
          new Rumor(accused.id, accused.instance, Rumor.Claim.SUSPECT, 0, teller.instance, null);
      hearer.step(new Input.RumorsHeard(hearer.world.now(), link, List.of(rumor)));
    }

    private static void restart(List<Node> nodes) {
      Node victim = nodes.getFirst();
      victim.kill();
      victim.world.after(
          World.SECOND / 2,
          () -> new Node(victim.world, victim.id.value(), victim.host, 8080, null).start());
    }

    private static void isolate(List<Node> nodes) {
      nodes.getFirst().world.isolate(nodes.getFirst().host);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWordsAreThoseThatWereAgreed(Situation situation) throws IOException {
    String heard = listen(situation);
    Path file = FOLDER.resolve(situation.name().toLowerCase(java.util.Locale.ROOT) + ".txt");
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, heard);
    }
    assertThat(heard).isEqualTo(Files.readString(file));
  }

  private static String listen(Situation situation) {
    World world = new World(1);
    List<Node> nodes = new ArrayList<>();
    for (int i = 1; i <= situation.count; i++) {
      Node node = new Node(world, "n" + i, world.host(i), 8080, null);
      nodes.add(node);
      node.start();
    }
    world.run(20 * World.SECOND);
    long began = world.now();
    List<String> lines = new ArrayList<>();
    world.tape =
        line -> lines.add("%5d ms  %s".formatted((world.now() - began) / World.MILLI, line));
    situation.happens.accept(nodes);
    world.run(situation.seconds * World.SECOND);
    return named(String.join("\n", lines) + "\n", world);
  }

  /** Names instead of addresses and random numbers. */
  private static String named(String text, World world) {
    String out = text.replaceAll("@10\\.0\\.0\\.\\d+:8080", "").replaceAll(":8080", "");
    int starts = 0;
    for (Program process : world.processes) {
      if (process instanceof Node node) {
        starts++;
        String name = starts > world.hosts.size() ? node.id + "'" : node.id.toString();
        out = out.replace(node.instance.value(), name);
      }
    }
    for (Host host : world.hosts) {
      out =
          out.replaceAll(
              "\\b" + host.address.replace(".", "\\.") + "\\b", "n" + host.address.substring(7));
    }
    return out;
  }
}
