package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskOrder;
import dev.caelum.ui.client.TaskPage;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.TaskList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this node was asked to have done, and how far it is. */
@Route(value = "tasks", layout = MainLayout.class)
public final class TasksView extends Main implements Shown, BeforeEnterObserver, HasDynamicTitle {
  private static final String STATE = "state";
  private static final String ID = "id";
  private static final int OLDER = 200;

  private final TaskTabs tabs = new TaskTabs(this::choose);
  private final NodeNotes notes = new NodeNotes("tasks_accepted"::equals);
  private final RowTable<Task> table =
      new RowTable<Task>("tasks", Words.of("tasks.title"), new TaskColumns(), Task::id, this::open)
          .openByPress();
  private final Paragraph none = new Paragraph();
  private final Button first = submitButton("tasks-first");
  private final Button more = new Button(Words.of("tasks.older"), click -> readOlder());
  private final AnalysesCard analyses = new AnalysesCard();
  private final ReservationsCard reservations = new ReservationsCard();
  private final Map<String, Task> older = new LinkedHashMap<>();
  private TaskFilter filter = TaskFilter.ALL;
  private @Nullable TaskDialog dialog;
  private String wanted = "";

  public TasksView() {
    setId("content");
    addClassNames("page", "tasks");
    Div head = new Div(new H1(Words.of("tasks.title")), submitButton("submit-open"));
    head.addClassName("head");
    none.addClassName("quiet");
    none.setTestId("tasks-none");
    more.addThemeVariants(ButtonVariant.TERTIARY);
    more.setTestId("tasks-older");
    Section card = new Section();
    card.addClassName("card");
    card.add(tabs, table, none, first, more);
    Div beside = new Div(analyses, reservations);
    beside.addClassName("below");
    add(head, notes, card, beside);
  }

  private Button submitButton(String testId) {
    Button button =
        new Button(Words.of("tasks.submit"), VaadinIcon.PLUS.create(), click -> submit(null));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.setTestId(testId);
    Access.onlyHere(button, "tasks.local_only");
    return button;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    filter = TaskFilter.of(query.getSingleParameter(STATE).orElse(""));
    wanted = query.getSingleParameter(ID).orElse("");
    tabs.mark(filter);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
    if (!wanted.isEmpty()) {
      open(wanted);
    }
  }

  private void choose(TaskFilter chosen) {
    filter = chosen;
    older.clear();
    address();
    show(Access.view());
  }

  /** Tab and open task stand in the address, so that it can be passed on. */
  private void address() {
    Map<String, String> query = new LinkedHashMap<>();
    if (filter != TaskFilter.ALL) {
      query.put(STATE, filter.word());
    }
    if (!wanted.isEmpty()) {
      query.put(ID, wanted);
    }
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("tasks", QueryParameters.simple(query)));
  }

  private void submit(@Nullable TaskOrder like) {
    new SubmitDialog(this::submitted).open(like);
  }

  private void submitted(List<String> ids) {
    if (ids.size() == 1) {
      open(ids.getFirst());
    } else {
      Notices.success(Words.of("submit.done", ids.size()));
    }
  }

  private void open(Task task) {
    open(new TaskDialog(task, this::submit));
  }

  private void open(String id) {
    TaskDialog opened = new TaskDialog(id, "", this::submit);
    opened.show(Access.view());
    open(opened);
  }

  private void open(TaskDialog opened) {
    if (dialog != null) {
      dialog.close();
    }
    dialog = opened;
    wanted = opened.id();
    address();
    opened.addClosedListener(closed -> {
      if (opened.equals(dialog)) {
        dialog = null;
        wanted = "";
        address();
      }
    });
    opened.open();
  }

  @Override
  public void show(ClusterView view) {
    notes.show(view);
    tabs.show(view);
    Access.dashboard().wantWork();
    analyses.show(view);
    reservations.show(view);
    if (dialog != null) {
      dialog.show(view);
    }
    TaskList tasks = view.tasks();
    List<Task> rows = tasks == null ? List.of() : rows(tasks);
    long count = tasks == null ? 0 : filter.count(tasks);
    boolean empty = tasks != null && TaskFilter.ALL.count(tasks) == 0;
    table.show(rows);
    table.setVisible(!rows.isEmpty());
    none.setVisible(rows.isEmpty());
    none.setText(
        tasks == null
            ? Words.of("tasks.loading")
            : empty ? Words.of("tasks.empty") : Words.of("tasks.none." + filter.word()));
    first.setVisible(empty);
    more.setVisible(filter != TaskFilter.ALL && !rows.isEmpty() && count > rows.size());
  }

  private List<Task> rows(TaskList tasks) {
    Map<String, Task> all = new LinkedHashMap<>(older);
    tasks.tasks().forEach(task -> all.put(task.id(), task));
    return all.values().stream().filter(filter::takes).sorted(filter.order()).toList();
  }

  private void readOlder() {
    TaskList tasks = Access.view().tasks();
    if (tasks == null) {
      return;
    }
    TaskFilter asked = filter;
    String before = rows(tasks).stream().map(Task::id).min(String::compareTo).orElse("");
    Access.ask(
        UI.getCurrent(),
        node -> node.tasks().page(asked.states(), before, OLDER),
        page -> {
          if (page != null && asked == filter) {
            add(page);
          }
        });
  }

  private void add(TaskPage page) {
    page.tasks().forEach(task -> older.put(task.id(), task));
    show(Access.view());
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("tasks.title"));
  }
}
