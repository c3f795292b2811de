package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Placement;
import dev.caelum.ui.client.TaskCommands;
import dev.caelum.ui.client.TaskOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Submits a task; where no machine can run it, shows what each lacks. */
final class SubmitDialog extends Dialog {
  private final TaskForm form = new TaskForm(Access.view());
  private final Button submit = new Button(Words.of("submit.submit"));
  private final Button check = new Button(Words.of("submit.check"));
  private final Div failure = new Div();
  private final Paragraph what = new Paragraph();
  private final Paragraph hint = new Paragraph();
  private final PlacementTable placement = new PlacementTable();
  private final Consumer<List<String>> done;

  /**
   * @param done told of the ids of the tasks that were taken on
   */
  SubmitDialog(Consumer<List<String>> done) {
    this.done = done;
    setHeaderTitle(Words.of("submit.title"));
    setTestId("submit-dialog");
    addClassName("task-dialog");
    failure.getElement().setAttribute("role", "alert");
    failure.setTestId("submit-error");
    failure.addClassName("failure");
    hint.addClassName("hint");
    failure.add(what, hint);
    failure.setVisible(false);
    placement.setVisible(false);
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    submit.setTestId("submit-submit");
    submit.setDisableOnClick(true);
    submit.addClickListener(click -> submit());
    check.setTestId("submit-check");
    check.addClickListener(click -> check());
    Button cancel = new Button(Words.of("submit.cancel"), click -> close());
    Div body = new Div(form, failure, placement);
    body.addClassName("task");
    add(body);
    getFooter().add(check, cancel, submit);
    setWidth("min(46rem, 94vw)");
    setCloseOnOutsideClick(false);
  }

  /** Opens it with the fields of {@code order}; null leaves them at their defaults. */
  void open(@Nullable TaskOrder order) {
    if (order != null) {
      form.show(order);
    }
    open();
    String caller = Access.caller();
    Access.ask(UI.getCurrent(), node -> node.tasks().handlers(caller), form::offer);
  }

  private void submit() {
    TaskOrder order = form.order().orElse(null);
    if (order == null) {
      submit.setEnabled(true);
      return;
    }
    failure.setVisible(false);
    String caller = Access.caller();
    Access.ask(UI.getCurrent(), node -> node.tasks().submit(caller, order), this::ended);
  }

  /** Shows what became of it. */
  void ended(TaskCommands.Submitted submitted) {
    submit.setEnabled(true);
    Answer problem = submitted.problem();
    Placement lacks = submitted.placement();
    if (problem == null) {
      close();
      done.accept(submitted.ids());
      return;
    }
    boolean unplaceable = lacks != null;
    what.setText(
        unplaceable || problem.text().isEmpty()
            ? Words.of(unplaceable ? "submit.unplaceable" : "command.node_lost")
            : problem.text());
    String next = unplaceable ? Words.of("submit.unplaceable.hint") : problem.hint();
    hint.setText(next == null ? "" : next);
    hint.setVisible(next != null);
    failure.getElement().setAttribute("data-code", problem.code() == null ? "" : problem.code());
    failure.setVisible(true);
    show(lacks);
  }

  private void check() {
    TaskOrder order = form.order().orElse(null);
    if (order != null) {
      failure.setVisible(false);
      String caller = Access.caller();
      Access.ask(UI.getCurrent(), node -> node.tasks().placement(caller, order), this::show);
    }
  }

  private void show(@Nullable Placement found) {
    placement.setVisible(found != null);
    if (found != null) {
      placement.show(found);
      placement.scrollIntoView();
    }
  }
}
