package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.Setting;
import dev.caelum.ui.client.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every setting of the node, to be changed where that is possible, and what the program is. */
@Route(value = "settings", layout = MainLayout.class)
public final class SettingsView extends Main implements HasDynamicTitle, BeforeLeaveObserver {
  /** The order of those that are known; others follow. */
  private static final List<String> GROUPS =
      List.of("cluster", "dashboard", "history", "notifications", "tasks", "services", "node");

  private final Paragraph readOnly = new Paragraph(Words.of("settings.read_only"));
  private final Paragraph waiting = new Paragraph();
  private final Paragraph lost = new Paragraph(Words.of("settings.lost"));
  private final Div groups = new Div();
  private final SaveBar bar = new SaveBar(this::save, this::discard);
  private final AboutCard about = new AboutCard();
  private final List<SettingField> fields = new ArrayList<>();
  private @Nullable Settings settings;

  public SettingsView() {
    setId("content");
    addClassNames("page", "settings");
    readOnly.setTestId("settings-read-only");
    readOnly.setVisible(false);
    waiting.setTestId("settings-restart");
    waiting.setVisible(false);
    lost.setTestId("settings-lost");
    lost.setVisible(false);
    Div notes = new Div(readOnly, waiting, lost);
    notes.addClassName("notes");
    groups.addClassName("groups");
    add(new H1(Words.of("settings.title")), notes, groups, new BrowserCard(), about, bar);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    String caller = Access.caller();
    Access.ask(event.getUI(), node -> node.settings().all(caller), this::loaded);
    Access.ask(event.getUI(), node -> node.settings().about(caller), about::show);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    guard(event.getUI(), false);
    super.onDetach(event);
  }

  private void loaded(@Nullable Settings now) {
    lost.setVisible(now == null);
    if (now != null) {
      show(now);
    }
  }

  private void show(Settings now) {
    settings = now;
    readOnly.setVisible(!now.editable());
    List<String> pending =
        now.all().stream()
            .filter(each -> each.pending() != null)
            .map(each -> Words.known("setting.", each.key()))
            .toList();
    waiting.setVisible(!pending.isEmpty());
    waiting.setText(Words.of("settings.restart", String.join(", ", pending)));
    fields.clear();
    groups.removeAll();
    Map<String, List<Setting>> byGroup = new LinkedHashMap<>();
    GROUPS.forEach(group -> byGroup.put(group, new ArrayList<>()));
    now.all()
        .forEach(each -> byGroup.computeIfAbsent(each.group(), _ -> new ArrayList<>()).add(each));
    byGroup.values().removeIf(List::isEmpty);
    byGroup.forEach((group, all) -> {
      SettingsCard card = new SettingsCard(group, now.editable());
      for (Setting each : all) {
        SettingField field = new SettingField(each, now.editable(), this::touched);
        fields.add(field);
        card.add(field);
      }
      groups.add(card);
    });
    touched();
  }

  private void touched() {
    int dirty = (int) fields.stream().filter(SettingField::dirty).count();
    bar.show(dirty);
    getUI().ifPresent(ui -> guard(ui, dirty > 0));
  }

  /** The browser asks before the page itself is left or loaded anew. */
  private static void guard(UI ui, boolean on) {
    ui.getPage()
        .executeJs(
            "window.onbeforeunload = $0 ? (event) => { event.preventDefault(); } : null", on);
  }

  private void save() {
    Map<String, Optional<String>> wanted = new LinkedHashMap<>();
    for (SettingField field : fields) {
      if (field.dirty()) {
        wanted.put(field.key(), field.wanted());
      }
      field.mistake(null);
    }
    UI ui = getUI().orElseThrow();
    String caller = Access.caller();
    bar.busy();
    Access.ask(ui, node -> node.settings().change(caller, wanted), this::saved);
  }

  private void saved(Settings.Changed changed) {
    if (changed.now() != null) {
      show(changed.now());
      Notices.success(Words.of(waiting.isVisible() ? "settings.saved.restart" : "settings.saved"));
      return;
    }
    touched();
    List<SettingField> wrong =
        fields.stream().filter(field -> changed.mistakes().containsKey(field.key())).toList();
    wrong.forEach(field -> field.mistake(changed.mistakes().get(field.key())));
    if (wrong.isEmpty()) {
      Notices.failure(changed.answer());
    } else {
      wrong.getFirst().focus();
    }
  }

  private void discard() {
    if (settings != null) {
      show(settings);
    }
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    long dirty = fields.stream().filter(SettingField::dirty).count();
    if (dirty == 0) {
      return;
    }
    BeforeLeaveEvent.ContinueNavigationAction leave = event.postpone();
    ConfirmDialog confirm = new ConfirmDialog();
    confirm.setHeader(Words.of("settings.leave.title"));
    confirm.setText(Words.of("settings.leave.text", dirty));
    confirm.setCancelable(true);
    confirm.setCancelText(Words.of("settings.leave.stay"));
    confirm.setConfirmText(Words.of("settings.leave.go"));
    confirm.setConfirmButtonTheme("error primary");
    confirm.addCancelListener(cancel -> leave.cancel());
    confirm.addConfirmListener(go -> leave.proceed());
    confirm.open();
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("settings.title"));
  }
}
