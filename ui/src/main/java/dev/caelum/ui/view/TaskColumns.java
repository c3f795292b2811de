package dev.caelum.ui.view;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskState;
import java.util.List;

/** The columns of the table of tasks; see {@link Columns} for why templates are constants. */
final class TaskColumns implements RowTable.Layout<Task> {
  private static final String BADGE =
      "<span class=\"badge\" data-testid=\"task-state\" data-state=\"${item.state}\""
          + " data-task=\"${item.id}\" title=\"${item.rule}\">${item.word}</span>";
  private static final String NAME =
      "<bdi class=\"name\" data-testid=\"task-name\" title=\"${item.id}\">${item.type}</bdi>"
          + "<span class=\"mark\" ?hidden=\"${!item.service}\" title=\"${item.service}\"><bdi>${item.service}</bdi></span>";
  private static final String PROGRESS =
      "<div class=\"task-progress\"><progress max=\"100\" ?hidden=\"${!item.measured}\""
          + " value=\"${item.percent}\" aria-label=\"${item.bar}\"></progress>"
          + "<progress ?hidden=\"${!item.working}\" aria-label=\"${item.bar}\"></progress>"
          + "<bdi class=\"hint\" data-state=\"${item.state}\" ?hidden=\"${!item.told}\""
          + " title=\"${item.told}\">${item.told}</bdi></div>";

  @Override
  public List<Grid.Column<Task>> wide(Grid<Task> grid) {
    return List.of(
        state(grid),
        name(grid),
        Cells.text(grid, "task", TaskWords::shortId, "5.75rem", false),
        Cells.text(grid, "runs", TaskWords::machine, "7.5rem", false),
        progress(grid),
        Cells.text(grid, "attempts", TaskWords::attempts, "5.25rem", true),
        Cells.text(grid, "priority", task -> Integer.toString(task.priority()), "4.5rem", true),
        Cells.age(grid, "age", task -> TaskWords.moment(task.createdAt()), "ago", "6rem"));
  }

  @Override
  public Grid.Column<Task> stacked(Grid<Task> grid) {
    LitRenderer<Task> renderer =
        LitRenderer.of(
            "<div class=\"stacked\" data-testid=\"row\"><div>"
                + NAME
                + "</div><div>"
                + BADGE
                + "<bdi class=\"address\">${item.machine}</bdi>"
                + "<caelum-age class=\"address\" since=\"${item.created}\""
                + " pattern=\"${item.pattern}\"></caelum-age></div>"
                + PROGRESS
                + "</div>");
    badge(renderer);
    names(renderer);
    told(renderer);
    return grid.addColumn(
            renderer
                .withProperty("machine", TaskWords::machine)
                .withProperty("created", task -> Cells.moment(TaskWords.moment(task.createdAt())))
                .withProperty("pattern", task -> Words.of("age.ago", "{0}")))
        .setHeader(Words.of("tasks.title"));
  }

  private static Grid.Column<Task> state(Grid<Task> grid) {
    LitRenderer<Task> renderer = LitRenderer.of(BADGE);
    badge(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.state"))
        .setWidth("8rem")
        .setFlexGrow(0);
  }

  private static Grid.Column<Task> name(Grid<Task> grid) {
    LitRenderer<Task> renderer = LitRenderer.of("<div class=\"names\">" + NAME + "</div>");
    names(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.type"))
        .setWidth("8rem")
        .setFlexGrow(1)
        .setRowHeader(true);
  }

  private static Grid.Column<Task> progress(Grid<Task> grid) {
    LitRenderer<Task> renderer = LitRenderer.of(PROGRESS);
    badge(renderer);
    told(renderer);
    return grid.addColumn(renderer)
        .setHeader(Words.of("column.progress"))
        .setWidth("11rem")
        .setFlexGrow(2);
  }

  private static void badge(LitRenderer<Task> renderer) {
    renderer
        .withProperty("id", Task::id)
        .withProperty("state", task -> task.state().word())
        .withProperty("word", task -> TaskWords.state(task.state()))
        .withProperty("rule", task -> TaskWords.rule(task.state()));
  }

  private static void names(LitRenderer<Task> renderer) {
    renderer
        .withProperty("type", Task::type)
        .withProperty("service", task -> task.service() == null ? "" : task.service());
  }

  private static void told(LitRenderer<Task> renderer) {
    renderer
        .withProperty(
            "measured", task -> task.state() == TaskState.RUNNING && task.percent() != null)
        .withProperty(
            "working", task -> task.state() == TaskState.RUNNING && task.percent() == null)
        .withProperty("percent", task -> task.percent() == null ? 0 : (int) task.percent())
        .withProperty("bar", task -> Words.of("task.bar", task.type()))
        .withProperty("told", TaskWords::progress);
  }
}
