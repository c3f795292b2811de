package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where everything on the map is: this node in the centre, the others on rings around it, sorted by
 * group and key, so that the same machines are always at the same places. Above {@link #SINGLE} of
 * them each group is one bubble, but for the one that is open.
 *
 * @param arcs where groups are, by ring
 * @param width from the centre to the right edge
 * @param height from the centre to the lower edge
 */
record TopologyPlan(List<Spot> spots, List<Arc> arcs, double width, double height) {
  /** Up to here machines are shown one by one. */
  static final int SINGLE = 60;

  /** The same of a small picture, where a finger still meets those on two rings. */
  static final int SMALL = 24;

  /** Bubbles that a small picture has room for, with their names. */
  static final int FEW = 8;

  /** Of an open group at most this many are shown. */
  static final int OPEN = 150;

  private static final double FIRST = 135;
  private static final double RING = 96;
  private static final double ROOM = 64;
  private static final double STRETCH = 1.55;
  private static final double RADIUS = 20;

  /** Around the outermost ring, for bubbles and names. */
  private static final double EDGE = 90;

  private static final double SMALL_EDGE = 76;

  /** Those who stand first in a bubble's colour and in an open group. */
  private static final Comparator<Machine> BY_KEY = Comparator.comparing(Machine::key);

  TopologyPlan {
    spots = List.copyOf(spots);
    arcs = List.copyOf(arcs);
  }

  /** What stands at a place. */
  enum Kind {
    SELF,
    MACHINE,
    /** All of a group. */
    BUBBLE,
    /** Closes the group that is open. */
    FOLD,
    /** Those of an open group for whom is no room. */
    REST
  }

  /**
   * One thing on the map.
   *
   * @param id names it for its life
   * @param machine null unless it is one
   * @param members those that it stands for
   */
  record Spot(
      String id,
      Kind kind,
      String group,
      @Nullable Machine machine,
      List<Machine> members,
      double x,
      double y,
      double radius) {
    private Spot at(double x, double y) {
      return new Spot(id, kind, group, machine, members, x, y, radius);
    }
  }

  /**
   * Neighbours of one group on one ring.
   *
   * @param radius of the ring, upwards
   * @param from in radians, clockwise from the top
   * @param whole whether nobody else is on that ring
   */
  record Arc(String group, double radius, double from, double to, boolean whole) {}

  static TopologyPlan of(List<Machine> machines, TopologyChoice choice) {
    List<Spot> around = new ArrayList<>();
    Map<String, List<Machine>> groups = new TreeMap<>();
    machines.stream()
        .filter(machine -> !machine.self() && shown(machine, choice))
        .sorted(BY_KEY)
        .forEach(
            machine -> groups.computeIfAbsent(order(machine), _ -> new ArrayList<>()).add(machine));
    boolean bubbles =
        groups.values().stream().mapToInt(List::size).sum() > (choice.small() ? SMALL : SINGLE);
    for (List<Machine> members : groups.values()) {
      String group = TopologyGroup.of(members.getFirst());
      if (!bubbles || members.size() == 1) {
        members.forEach(machine -> around.add(machine(machine)));
      } else if (group.equals(choice.open())) {
        around.add(spot("f:" + group, Kind.FOLD, group, members, RADIUS));
        members.stream().limit(OPEN).forEach(machine -> around.add(machine(machine)));
        if (members.size() > OPEN) {
          List<Machine> rest = members.subList(OPEN, members.size());
          around.add(spot("r:" + group, Kind.REST, group, rest, RADIUS));
        }
      } else {
        around.add(spot("g:" + group, Kind.BUBBLE, group, members, bubble(members.size())));
      }
    }
    boolean small = choice.small();
    return placed(
        machines, small && bubbles ? few(around) : around, small && !bubbles ? SMALL_EDGE : EDGE);
  }

  /** Bubbles on one ring: those for whom is no room are one more. */
  private static List<Spot> few(List<Spot> around) {
    if (around.size() <= FEW) {
      return around;
    }
    List<Spot> few = new ArrayList<>(around.subList(0, FEW - 1));
    List<Machine> rest =
        around.subList(FEW - 1, around.size()).stream()
            .flatMap(spot -> spot.members().stream())
            .toList();
    String group = TopologyGroup.REST;
    few.add(spot("g:" + group, Kind.BUBBLE, group, rest, bubble(rest.size())));
    return few;
  }

  private static double bubble(int members) {
    return Math.min(44, 22 + 1.2 * Math.sqrt(members));
  }

  /** Whether {@code machine} is on the map at all. */
  static boolean shown(Machine machine, TopologyChoice choice) {
    return choice.offline()
        || (machine.state() != MachineState.DEAD && machine.state() != MachineState.LEFT);
  }

  /** Other clusters behind our own. */
  private static String order(Machine machine) {
    return (machine.foreign() ? "1" : "0") + TopologyGroup.of(machine);
  }

  private static Spot machine(Machine machine) {
    return new Spot(
        "m:" + machine.key(),
        machine.self() ? Kind.SELF : Kind.MACHINE,
        TopologyGroup.of(machine),
        machine,
        List.of(machine),
        0,
        0,
        machine.self() ? RADIUS + 8 : RADIUS);
  }

  private static Spot spot(
      String id, Kind kind, String group, List<Machine> members, double radius) {
    return new Spot(id, kind, group, null, List.copyOf(members), 0, 0, radius);
  }

  private static int capacity(int ring) {
    return (int) (2 * Math.PI * radius(ring) / ROOM);
  }

  private static double radius(int ring) {
    return FIRST + RING * ring;
  }

  private static TopologyPlan placed(List<Machine> all, List<Spot> around, double edge) {
    List<Spot> spots = new ArrayList<>();
    all.stream().filter(Machine::self).findFirst().ifPresent(self -> spots.add(machine(self)));
    List<Arc> arcs = new ArrayList<>();
    int rings = 0;
    int room = 0;
    while (room < around.size()) {
      room += capacity(rings++);
    }
    int done = 0;
    int before = 0;
    for (int ring = 0; ring < rings; ring++) {
      before += capacity(ring);
      // each ring gets its share, so that the outermost is not left with one
      int until = (int) Math.ceil((double) around.size() * before / room);
      place(around.subList(done, until), radius(ring), spots, arcs);
      done = until;
    }
    double reach = rings == 0 ? FIRST : radius(rings - 1);
    return new TopologyPlan(spots, arcs, reach * STRETCH + edge, reach + edge);
  }

  private static void place(List<Spot> ring, double radius, List<Spot> spots, List<Arc> arcs) {
    double step = 2 * Math.PI / ring.size();
    int first = 0;
    for (int i = 0; i < ring.size(); i++) {
      Spot spot = ring.get(i);
      spots.add(spot.at(x(radius, i * step), y(radius, i * step)));
      boolean last = i == ring.size() - 1 || !ring.get(i + 1).group().equals(spot.group());
      if (last) {
        boolean whole = first == 0 && i == ring.size() - 1;
        arcs.add(new Arc(spot.group(), radius, (first - 0.4) * step, (i + 0.4) * step, whole));
        first = i + 1;
      }
    }
  }

  /** Where an angle, clockwise from the top, is on the ring of that radius. */
  static double x(double radius, double angle) {
    return round(STRETCH * radius * Math.sin(angle));
  }

  static double y(double radius, double angle) {
    return round(-radius * Math.cos(angle));
  }

  static double across(double radius) {
    return round(STRETCH * radius);
  }

  private static double round(double value) {
    double rounded = Math.rint(value * 10) / 10;
    return rounded == 0 ? 0 : rounded;
  }
}
