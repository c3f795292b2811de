package dev.caelum.ui.view;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.caelum.ui.client.Failure;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a machine table. Templates are constants; every value reaches the page as a
 * property, so that the browser only ever sees it as text.
 */
enum Columns implements RowTable.Layout<Machine> {
  /** Machines that are online. */
  ONLINE {
    @Override
    public List<Grid.Column<Machine>> wide(Grid<Machine> grid) {
      return List.of(
          state(grid),
          name(grid),
          address(grid),
          Cells.text(grid, "role", Words::role, "5.75rem", false),
          cpu(grid),
          memory(grid),
          services(grid),
          rtt(grid),
          Cells.age(grid, "since", Machine::since, "for", "5.25rem"),
          seen(grid));
    }
  },
  /** All machines, whatever their state. */
  ALL {
    @Override
    public List<Grid.Column<Machine>> wide(Grid<Machine> grid) {
      return List.of(
          state(grid),
          name(grid),
          address(grid),
          cpu(grid),
          memory(grid),
          services(grid),
          rtt(grid),
          seen(grid));
    }
  },
  /** Machines as the map shows them. */
  TOPOLOGY {
    @Override
    public List<Grid.Column<Machine>> wide(Grid<Machine> grid) {
      return List.of(
          state(grid),
          name(grid),
          address(grid),
          Cells.text(
              grid,
              "group",
              machine -> TopologyGroup.name(TopologyGroup.of(machine)),
              "10rem",
              false),
          Cells.text(grid, "link", TopologyDrawing::way, "15rem", false),
          services(grid));
    }
  },
  /** Machines of the past, whose ages do not grow. */
  PAST {
    @Override
    public List<Grid.Column<Machine>> wide(Grid<Machine> grid) {
      return List.of(
          state(grid),
          name(grid),
          address(grid),
          cpu(grid),
          memory(grid),
          services(grid),
          Cells.text(
              grid,
              "rtt",
              machine -> machine.online() ? way(machine) : Words.UNKNOWN,
              "6rem",
              true));
    }
  },
  /** Machines that are not, with the reason. */
  OFFLINE {
    @Override
    public List<Grid.Column<Machine>> wide(Grid<Machine> grid) {
      return List.of(state(grid), name(grid), address(grid), reason(grid), seen(grid));
    }
  };

  private static final String BADGE =
      "<span class=\"badge\" data-testid=\"state\""
          + " data-state=\"${item.state}\" title=\"${item.rule || RULE}\""
          + " @click=\"${why}\">${item.word}</span>";
  private static final String NAME =
      "<bdi class=\"name\" data-testid=\"name\" data-key=\"${item.key}\""
          + " title=\"${item.full || item.name}\">${item.name}</bdi>"
          + "${item.marks.map((mark) => html`<span class=\"mark\" data-mark=\"${mark.kind}\""
          + " title=\"${mark.rule}\">${mark.word}</span>`)}";
  private static final String REASON =
      "<div class=\"reason\" data-testid=\"reason\" data-code=\"${item.code}\">"
          + "<bdi lang=\"${item.reasonLanguage}\">${item.reason}</bdi>"
          + "<bdi class=\"hint\" lang=\"${item.hintLanguage}\" ?hidden=\"${!item.hint}\">${item.hint}</bdi>"
          + "<caelum-age class=\"hint\" ?hidden=\"${!item.next}\" until=\"${item.next}\""
          + " pattern=\"${item.nextPattern}\"></caelum-age></div>";

  @Override
  public Grid.Column<Machine> stacked(Grid<Machine> grid) {
    LitRenderer<Machine> renderer =
        LitRenderer.of(
            "<div class=\"stacked\" data-testid=\"row\"><div>"
                + NAME
                + "</div><div>"
                + badge()
                + "<span class=\"address\">${item.address}</span></div>"
                + "<div class=\"reason\" ?hidden=\"${!item.reason}\"><bdi lang=\"${item.reasonLanguage}\">${item.reason}</bdi>"
                + "<bdi class=\"hint\" lang=\"${item.hintLanguage}\" ?hidden=\"${!item.hint}\">${item.hint}</bdi></div></div>");
    badge(renderer);
    names(renderer);
    reasons(renderer);
    return grid.addColumn(renderer.withProperty("address", Machine::address))
        .setHeader(Words.of("column.machine"));
  }

  Grid.Column<Machine> state(Grid<Machine> grid) {
    LitRenderer<Machine> renderer = LitRenderer.of(badge());
    badge(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.state"))
        .setWidth("7.25rem")
        .setFlexGrow(0);
  }

  static Grid.Column<Machine> address(Grid<Machine> grid) {
    return Cells.text(grid, "address", Machine::address, "9rem", false);
  }

  static Grid.Column<Machine> cpu(Grid<Machine> grid) {
    return Cells.text(grid, "cpu", machine -> Words.percent(machine.cpuPercent()), "3.25rem", true);
  }

  static Grid.Column<Machine> memory(Grid<Machine> grid) {
    return Cells.text(grid, "memory", Words::memory, "7.625rem", true);
  }

  static Grid.Column<Machine> services(Grid<Machine> grid) {
    return Cells.text(
        grid, "services", machine -> Words.number(machine.services()), "4.375rem", true);
  }

  /** Where UDP is blocked a mark says so already. */
  private static String way(Machine machine) {
    return machine.udpBlocked() ? Words.rtt(machine.rttMillis()) : Words.way(machine);
  }

  static Grid.Column<Machine> rtt(Grid<Machine> grid) {
    return Cells.text(grid, "rtt", Columns::way, "5.75rem", true);
  }

  static Grid.Column<Machine> seen(Grid<Machine> grid) {
    return Cells.age(grid, "seen", Columns::lastSeen, "ago", "5.25rem");
  }

  static Grid.Column<Machine> name(Grid<Machine> grid) {
    LitRenderer<Machine> renderer = LitRenderer.of("<div class=\"names\">" + NAME + "</div>");
    names(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.name"))
        .setWidth("8rem")
        .setFlexGrow(1)
        .setRowHeader(true);
  }

  static Grid.Column<Machine> reason(Grid<Machine> grid) {
    LitRenderer<Machine> renderer = LitRenderer.of(REASON);
    reasons(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.reason"))
        .setWidth("20rem")
        .setFlexGrow(2);
  }

  /** Of the past nobody is asked why: the answer would be of now. */
  private void why(Machine machine) {
    if (this != PAST) {
      WhyDialog.open(machine);
    }
  }

  /** The badge, with the rule that most rows share. */
  private static String badge() {
    return BADGE.replace("RULE", Cells.script(Words.rule(MachineState.ALIVE)));
  }

  /** What stands behind the badge; null where there is nothing but the shared rule. */
  private static @Nullable String rule(Machine machine) {
    boolean usual =
        machine.state() == MachineState.ALIVE && machine.summary().equals("alive, linked");
    return usual ? null : Words.rule(machine);
  }

  private void badge(LitRenderer<Machine> renderer) {
    renderer
        .withProperty("state", machine -> machine.state().word())
        .withProperty("word", Words::state)
        .withProperty("rule", Columns::rule)
        .withFunction("why", this::why);
  }

  private static void names(LitRenderer<Machine> renderer) {
    renderer
        .withProperty("key", Machine::key)
        .withProperty("name", Words::name)
        .withProperty("full", Columns::fullName)
        .withProperty("marks", Marks::of);
  }

  /** What the shown name does not tell; null when it tells all. */
  private static @Nullable String fullName(Machine machine) {
    return Words.name(machine).equals(machine.hostname()) ? null : machine.hostname();
  }

  private static void reasons(LitRenderer<Machine> renderer) {
    renderer
        .withProperty("code", machine -> code(machine.failure()))
        .withProperty("reason", machine -> Reasons.text(machine).text())
        .withProperty("reasonLanguage", machine -> Reasons.text(machine).language())
        .withProperty("hint", machine -> Reasons.hint(machine).text())
        .withProperty("hintLanguage", machine -> Reasons.hint(machine).language())
        .withProperty("next", machine -> Cells.moment(Reasons.next(machine)))
        .withProperty("nextPattern", machine -> Words.of("age.next", "{0}"));
  }

  /** Null for this machine: it does not look at itself. */
  private static @Nullable Long lastSeen(Machine machine) {
    return machine.self() ? null : machine.lastSeen();
  }

  private static String code(@Nullable Failure failure) {
    return failure == null ? "" : failure.code();
  }
}
