package dev.caelum.cluster.sim;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold when nothing has gone wrong for a while. */
final class Quiet {
  private Quiet() {}

  static List<Node> nodes(World world) {
    return world.processes.stream()
        .filter(process -> process.running && process instanceof Node)
        .map(Node.class::cast)
        .toList();
  }

  /** Everybody sees everybody alive, over exactly one link a pair, and nobody else. */
  static void check(World world) {
    List<Node> nodes = nodes(world);
    for (Node node : nodes) {
      Set<Connection> kept = new HashSet<>();
      for (Node other : nodes) {
        if (other != node) {
          kept.add(pair(world, node, other));
        }
      }
      oldNodes(world, node, kept);
      others(world, node, nodes);
      List<Connection> extra =
          node.connections.stream().filter(connection -> !kept.contains(connection)).toList();
      if (!extra.isEmpty()) {
        throw world.broken("%s also has %s", node, extra);
      }
    }
  }

  /** Nobody to whom nothing happened meanwhile still sees {@code dead} as {@code online}. */
  static void gone(World world, Node dead, MemberState online) {
    for (Node node : nodes(world)) {
      MemberState state = node.state(dead);
      boolean well =
          world.weather.calm()
              && !node.paused
              && node.well((online == MemberState.ALIVE ? 2 : 3) * World.GONE_NANOS);
      if (well && state == online) {
        throw world.broken("%s still sees %s as %s, which is gone", node, dead, state);
      }
    }
  }

  private static Connection pair(World world, Node node, Node other) {
    Connection here = connection(world, node, other);
    Connection there = connection(world, other, node);
    if (here != there) {
      throw world.broken("%s keeps %s, but %s keeps %s", node, here, other, there);
    }
    return here;
  }

  private static Connection connection(World world, Node node, Node other) {
    List<Member> rows =
        node.core.snapshot().members().stream()
            .filter(member -> !member.self() && !member.legacy() && member.id().equals(other.id))
            .toList();
    List<Member> its =
        rows.stream().filter(member -> other.instance.equals(member.instance())).toList();
    if (its.size() != 1) {
      throw world.broken("%s has %d rows of %s: %s", node, its.size(), other, keys(rows));
    }
    long living =
        nodes(world).stream().filter(each -> each != node && each.id.equals(other.id)).count();
    if (rows.size() != living) {
      throw world.broken("%s has the rows %s of %d processes", node, keys(rows), living);
    }
    Member row = its.getFirst();
    Connection connection = node.connection(row);
    if (row.state() != MemberState.ALIVE || connection == null) {
      throw world.broken("%s sees %s as %s, link %s", node, other, row.state(), row.link());
    }
    if (!row.endpoint().equals(other.endpoint())) {
      throw world.broken("%s looks for %s at %s", node, other, row.endpoint());
    }
    return connection;
  }

  private static String keys(List<Member> rows) {
    return rows.stream()
        .map(row -> row.key() + " " + row.state())
        .collect(Collectors.joining(", "));
  }

  private static void oldNodes(World world, Node node, Set<Connection> kept) {
    for (Program process : world.processes) {
      if (!(process instanceof OldNode) || !process.running) {
        continue;
      }
      List<Member> rows =
          node.core.snapshot().members().stream()
              .filter(Member::legacy)
              .filter(member -> member.endpoint().host().equals(process.host.address))
              .toList();
      Connection connection = rows.size() == 1 ? node.connection(rows.getFirst()) : null;
      if (connection == null || rows.getFirst().state() != MemberState.ALIVE) {
        throw world.broken("%s sees the old node %s as %s", node, process, keys(rows));
      }
      kept.add(connection);
    }
  }

  /** Whoever does not run is not online, and what was only forged was never a member. */
  private static void others(World world, Node node, List<Node> nodes) {
    for (Member member : node.core.snapshot().members()) {
      boolean runs =
          member.self()
              || (member.legacy() && member.link() != null)
              || nodes.stream().anyMatch(other -> other.instance.equals(member.instance()));
      if (!runs && member.state().online()) {
        throw world.broken(
            "%s sees %s as %s, which does not run", node, member.key(), member.state());
      }
      if (member.id().value().startsWith("forged") && member.info() != null) {
        throw world.broken("%s took the forged %s for a member", node, member.key());
      }
    }
  }
}
