package dev.caelum.ui.view;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.ServiceState;
import java.time.Instant;
import java.util.List;

/** The columns of the tables of MCP servers. */
final class ServiceColumns implements RowTable.Layout<Service> {
  private static final String BADGE =
      "<span class=\"badge\" data-testid=\"service-state\" data-state=\"${item.state}\""
          + " title=\"${item.rule}\"><bdi>${item.word}</bdi></span>";
  private static final String NAME =
      "<bdi class=\"name\" data-testid=\"service-name\">${item.name}</bdi>"
          + "<span class=\"mark\" ?hidden=\"${!item.own}\" title=\"${item.own}\">"
          + "<bdi>${item.own}</bdi></span>";
  private static final String SINCE = "<caelum-time at=\"${item.since}\"></caelum-time>";

  @Override
  public List<Grid.Column<Service>> wide(Grid<Service> grid) {
    return List.of(
        state(grid),
        name(grid),
        Cells.text(grid, "port", service -> ServiceWords.port(service.port()), "4rem", true),
        Cells.text(grid, "runs", service -> Words.name(service.hostname()), "8rem", false),
        Cells.text(grid, "latency", service -> Words.rtt(service.latencyMillis()), "5.25rem", true),
        since(grid),
        Cells.text(grid, "version", ServiceWords::version, "6rem", false),
        Cells.text(grid, "tools", ServiceWords::tools, "4.25rem", true));
  }

  @Override
  public Grid.Column<Service> stacked(Grid<Service> grid) {
    LitRenderer<Service> renderer =
        LitRenderer.of(
            "<div class=\"stacked\" data-testid=\"row\"><div>"
                + NAME
                + "<span class=\"address\"><bdi>${item.machine}</bdi> · ${item.port}</span>"
                + "</div><div>"
                + BADGE
                + "<span class=\"address\" ?hidden=\"${!item.ready}\">${item.told}</span>"
                + "</div></div>");
    badge(renderer);
    return grid.addColumn(
            renderer
                .withProperty("name", Service::name)
                .withProperty("own", ServiceWords::ownName)
                .withProperty("machine", service -> Words.name(service.hostname()))
                .withProperty("port", service -> ServiceWords.port(service.port()))
                .withProperty("ready", service -> service.state() == ServiceState.READY)
                .withProperty(
                    "told",
                    service ->
                        Words.of(
                            "service.told",
                            Words.rtt(service.latencyMillis()),
                            ServiceWords.tools(service))))
        .setHeader(Words.of("servers.title"));
  }

  private static Grid.Column<Service> state(Grid<Service> grid) {
    LitRenderer<Service> renderer = LitRenderer.of(BADGE);
    badge(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.state"))
        .setWidth("12.5rem")
        .setFlexGrow(0);
  }

  private static Grid.Column<Service> name(Grid<Service> grid) {
    return grid.addColumn(
            LitRenderer.<Service>of("<div class=\"names\">" + NAME + "</div>")
                .withProperty("name", Service::name)
                .withProperty("own", ServiceWords::ownName))
        .setHeader(Words.of("column.name"))
        .setWidth("9rem")
        .setFlexGrow(1)
        .setRowHeader(true);
  }

  private static Grid.Column<Service> since(Grid<Service> grid) {
    return grid.addColumn(
            LitRenderer.<Service>of(SINCE).withProperty("since", ServiceColumns::since))
        .setHeader(Words.of("column.state.since"))
        .setWidth("8.5rem")
        .setFlexGrow(0);
  }

  private static String since(Service service) {
    Instant since = service.since();
    return since == null ? "" : Long.toString(since.toEpochMilli());
  }

  private static void badge(LitRenderer<Service> renderer) {
    renderer
        .withProperty("state", service -> service.state().word())
        .withProperty("word", ServiceWords::brief)
        .withProperty("rule", ServiceWords::rule);
  }
}
