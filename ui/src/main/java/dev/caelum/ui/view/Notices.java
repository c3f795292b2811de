package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.caelum.ui.client.Answer;

/** Tells people how their own command ended. */
final class Notices {
  private static final int MILLIS = 8000;
  private static final int UNDO_MILLIS = 10_000;
  private static final int GOOD_MILLIS = 4000;

  private Notices() {}

  static void failure(Answer answer) {
    Notification notice =
        new Notification(text(answer), MILLIS, Notification.Position.BOTTOM_START);
    notice.addThemeVariants(NotificationVariant.ERROR);
    notice.setAssertive(true);
    notice.open();
  }

  /** Tells that a command of one's own has ended well. */
  static void success(String text) {
    Notification notice = new Notification(text, GOOD_MILLIS, Notification.Position.BOTTOM_START);
    notice.addThemeVariants(NotificationVariant.SUCCESS);
    notice.open();
  }

  /** Tells what was done, with a button that undoes it. */
  static void undo(String text, Runnable undo) {
    Notification notice = new Notification();
    notice.setPosition(Notification.Position.BOTTOM_START);
    notice.setDuration(UNDO_MILLIS);
    Button back =
        new Button(
            Words.of("undo"),
            click -> {
              notice.close();
              undo.run();
            });
    back.setTestId("undo");
    Div line = new Div(new Span(text), back);
    line.addClassName("buttons");
    notice.add(line);
    notice.setAssertive(true);
    notice.open();
  }

  /** What happened and what to do, in the node's words, else in the dictionary's. */
  static String text(Answer answer) {
    if (answer.text().isEmpty()) {
      return Words.of("node_lost".equals(answer.code()) ? "command.node_lost" : "command.failed");
    }
    return answer.hint() == null ? answer.text() : answer.text() + " " + answer.hint();
  }
}
