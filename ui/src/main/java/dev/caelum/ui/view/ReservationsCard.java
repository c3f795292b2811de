package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Work;
import dev.caelum.ui.state.ClusterView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the node's machine is reserved, for whom and until when. */
final class ReservationsCard extends Section implements Shown {
  private final Paragraph free = new Paragraph();
  private final UnorderedList list = new UnorderedList();
  private @Nullable Work shown;

  ReservationsCard() {
    addClassNames("card", "work");
    setTestId("reservations");
    free.addClassName("quiet");
    free.setTestId("reservations-free");
    add(new H2(Words.of("reservations.title")), free, list);
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    Work now = view.work();
    setVisible(now != null);
    if (now == null || same(now, shown)) {
      return;
    }
    shown = now;
    free.setText(
        Words.of(
            now.reservations().isEmpty() ? "reservations.none" : "reservations.free",
            amount(now.free()),
            amount(now.capacity())));
    list.removeAll();
    now.reservations().forEach(each -> list.add(row(each)));
  }

  private static boolean same(Work now, @Nullable Work before) {
    return before != null
        && now.free().equals(before.free())
        && now.capacity().equals(before.capacity())
        && ids(now).equals(ids(before));
  }

  private static List<String> ids(Work work) {
    return work.reservations().stream().map(Work.Reservation::id).toList();
  }

  private static ListItem row(Work.Reservation each) {
    Element owner = new Element("bdi");
    owner.setText(each.owner());
    owner.getClassList().add("value");
    Span what = new Span(amount(each.what()));
    Div text = new Div();
    text.getElement().appendChild(owner, what.getElement());
    if (each.ends() != null) {
      Element time = new Element("caelum-time");
      time.setAttribute("at", Long.toString(each.ends().toEpochMilli()));
      Span until = new Span(new Span(Words.of("reservations.until") + " "));
      until.addClassName("quiet");
      until.getElement().appendChild(time);
      text.add(until);
    }
    Button release = new Button(Words.of("reservations.release"), click -> confirm(each));
    release.addThemeVariants(ButtonVariant.SMALL);
    release.setAriaLabel(Words.of("reservations.release.of", each.owner()));
    release.setTestId("reservation-release");
    Access.onlyHere(release, "tasks.local_only");
    return new ListItem(text, release);
  }

  private static void confirm(Work.Reservation each) {
    ConfirmDialog confirm = new ConfirmDialog();
    confirm.setHeader(Words.of("reservations.release.title"));
    confirm.setText(Words.of("reservations.release.text", each.owner(), amount(each.what())));
    confirm.setConfirmText(Words.of("reservations.release"));
    confirm.setCancelText(Words.of("machine.cancel"));
    confirm.setCancelable(true);
    String caller = Access.caller();
    confirm.addConfirmListener(sure ->
        Access.command(
            UI.getCurrent(),
            node -> node.tasks().release(caller, each.id()),
            answer -> {
              Access.dashboard().readWork();
              if (!answer.success()) {
                Notices.failure(answer);
              }
            }));
    confirm.open();
  }

  /** So much of everything, without graphics cards where there are none. */
  private static String amount(Work.Amount amount) {
    List<String> parts = new ArrayList<>();
    parts.add(Words.of("amount.cores", decimal(amount.cores()), amount.cores()));
    parts.add(Words.of("amount.memory", decimal(amount.memoryGib())));
    if (amount.gpus() > 0) {
      parts.add(Words.of("task.gpus", amount.gpus()));
    }
    return String.join(", ", parts);
  }

  private static String decimal(double value) {
    return Words.decimal(value, value == Math.rint(value) ? 0 : 1);
  }
}
