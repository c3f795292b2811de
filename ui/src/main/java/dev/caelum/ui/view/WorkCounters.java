package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.TaskList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many MCP servers are ready and tasks run; each leads to its page. */
final class WorkCounters implements Shown {

  private final Span servers = number("counter-servers");
  private final Span tasks = number("counter-tasks");
  private final RouterLink serversLink = link(ServersView.class, servers, "servers");
  private final RouterLink tasksLink = link(TasksView.class, tasks, "tasks");

  private static Span number(String testId) {
    Span number = new Span(Words.UNKNOWN);
    number.addClassName("number");
    number.setTestId(testId);
    return number;
  }

  private static RouterLink link(Class<? extends Component> view, Span number, String word) {
    Span label = new Span(Words.of("counter." + word));
    label.addClassName("label");
    RouterLink link = new RouterLink(view);
    link.addClassName("counter");
    link.getElement().setAttribute("data-state", word);
    link.add(number, label);
    return link;
  }

  /** What is to be added to the page. */
  List<RouterLink> links() {
    return List.of(serversLink, tasksLink);
  }

  @Override
  public void show(ClusterView view) {
    set(servers, serversLink, servers(view.services()));
    TaskList list = view.tasks();
    set(
        tasks,
        tasksLink,
        list == null ? Words.UNKNOWN : Long.toString(TaskFilter.RUNNING.count(list)));
  }

  private static String servers(@Nullable List<Service> services) {
    if (services == null) {
      return Words.UNKNOWN;
    }
    ServerCount count = ServerCount.of(services);
    return count.expected() == 0 ? "0" : Words.of("counter.of", count.up(), count.expected());
  }

  private static void set(Span number, RouterLink link, String text) {
    if (!number.getText().equals(text)) {
      number.setText(text);
      link.getElement().setAttribute("data-zero", Boolean.toString(text.equals("0")));
    }
  }
}
