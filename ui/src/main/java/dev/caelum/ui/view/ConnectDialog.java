package dev.caelum.ui.view;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.caelum.ui.client.Answer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connects to a machine by its address and says why that failed. */
final class ConnectDialog extends Dialog {
  private static final int DEFAULT_PORT = 8080;

  /** {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} or a bare IPv6 address. */
  private static final Pattern TARGET =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]{1,253}))(?::(\\d{1,5}))?");

  private static final Pattern BARE_V6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final TextField target = new TextField(Words.of("connect.target"));
  private final Button connect = new Button(Words.of("connect.submit"));
  private final Div failure = new Div();
  private final Paragraph what = new Paragraph();
  private final Paragraph hint = new Paragraph();

  /** Where to connect to. */
  record Target(String host, int port) {}

  ConnectDialog() {
    setHeaderTitle(Words.of("connect.title"));
    setTestId("connect-dialog");
    target.setHelperText(Words.of("connect.help"));
    target.setPlaceholder("192.168.1.12:8080");
    target.setTestId("connect-target");
    target.setWidthFull();
    target.setValueChangeMode(ValueChangeMode.EAGER);
    target.setAutofocus(true);
    target.addValueChangeListener(change -> target.setInvalid(false));
    target.addKeyPressListener(Key.ENTER, press -> submit());
    failure.getElement().setAttribute("role", "alert");
    failure.setTestId("connect-error");
    failure.addClassName("failure");
    hint.addClassName("hint");
    failure.add(what, hint);
    failure.setVisible(false);
    connect.addThemeVariants(ButtonVariant.PRIMARY);
    connect.setTestId("connect-submit");
    connect.addClickListener(click -> submit());
    Button cancel = new Button(Words.of("connect.cancel"), click -> close());
    add(new Div(target, failure));
    getFooter().add(cancel, connect);
    setWidth("min(30rem, 92vw)");
  }

  private void submit() {
    Optional<Target> parsed = parse(target.getValue());
    if (parsed.isEmpty()) {
      target.setErrorMessage(Words.of("connect.invalid"));
      target.setInvalid(true);
      return;
    }
    failure.setVisible(false);
    connect.setEnabled(false);
    connect.setText(Words.of("connect.running", target.getValue().strip()));
    String caller = Access.caller();
    Target to = parsed.get();
    Access.command(
        UI.getCurrent(), node -> node.connect(caller, to.host(), to.port()), this::ended);
  }

  private void ended(Answer answer) {
    connect.setEnabled(true);
    connect.setText(Words.of("connect.submit"));
    if (answer.success()) {
      close();
      return;
    }
    String to = target.getValue().strip();
    if (answer.text().isEmpty()) {
      what.setText(Notices.text(answer));
    } else {
      String endpoint = parse(to).map(each -> each.host() + ":" + each.port()).orElse(to);
      NodeText.failure(answer.code(), answer.text(), null, endpoint).into(what.getElement());
      NodeText.hint(answer.code(), answer.hint(), null, endpoint).into(hint.getElement());
    }
    hint.setVisible(answer.hint() != null);
    failure.getElement().setAttribute("data-code", answer.code() == null ? "" : answer.code());
    failure.setVisible(true);
    target.focus();
  }

  /** The host and port in {@code text}; empty when it names none. */
  static Optional<Target> parse(String text) {
    String trimmed = text.strip();
    if (BARE_V6.matcher(trimmed).matches()) {
      return Optional.of(new Target(trimmed, DEFAULT_PORT));
    }
    Matcher matcher = TARGET.matcher(trimmed);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = matcher.group(3) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(3));
    return port < 1 || port > 65_535 || host == null
        ? Optional.empty()
        : Optional.of(new Target(host, port));
  }
}
