package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import dev.caelum.ui.client.InboxItem;
import dev.caelum.ui.state.ClusterView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The bell in the header: how much was not read yet, and the list of it. What was read is kept by
 * the browser, so it is the same in all its tabs.
 */
@JavaScript("context://caelum-inbox.js")
final class InboxBell extends Div implements Shown {
  private static final int SHOWN = 50;
  private static final int MOST = 99;

  private final Button bell = new Button(VaadinIcon.BELL_O.create());
  private final Span count = new Span();
  private final Button all = new Button(Words.of("inbox.all"), click -> readAll());
  private final OrderedList list = new OrderedList();
  private final Paragraph none = new Paragraph(Words.of("inbox.none"));
  private final Popover popover = new Popover();
  private final Set<String> read = new LinkedHashSet<>();
  private List<InboxItem> items = List.of();
  private long readUpTo;

  /** Whether the browser has told what it keeps. */
  private boolean restored;

  InboxBell() {
    addClassName("inbox-bell");
    bell.addThemeVariants(ButtonVariant.TERTIARY);
    bell.addClassName("tool");
    bell.setTestId("inbox");
    count.addClassName("unread");
    count.setTestId("inbox-unread");
    count.getElement().setAttribute("aria-hidden", "true");
    all.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    all.setTestId("inbox-read-all");
    none.addClassName("quiet");
    H2 title = new H2(Words.of("inbox.title"));
    title.setId("inbox-title");
    Div head = new Div(title, all);
    head.addClassName("head");
    list.setTestId("inbox-list");
    Div content = new Div(head, none, list);
    content.addClassName("inbox");
    popover.setTarget(bell);
    popover.setPosition(PopoverPosition.BOTTOM_END);
    popover.setWidth("min(26rem, 94vw)");
    popover.setModal(true);
    popover.setAriaLabelledBy("inbox-title");
    popover.add(content);
    popover.addOpenedChangeListener(change -> refresh());
    add(bell, count, popover);
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    getElement().executeJs("window.caelumInbox.watch(this)");
  }

  @Override
  public void show(ClusterView view) {
    if (!view.inbox().equals(items)) {
      items = view.inbox();
      refresh();
    }
  }

  /** The browser tells what this or another tab of it has read; {@code ""} when nothing yet. */
  @ClientCallable
  void restored(String kept) {
    restored = true;
    read.clear();
    readUpTo = 0;
    String[] words = kept.length() > 50_000 ? new String[0] : kept.split(" ", -1);
    if (words.length > 0 && words[0].matches("\\d{1,18}")) {
      readUpTo = Long.parseLong(words[0]);
      read.addAll(List.of(words).subList(1, words.length));
    }
    refresh();
  }

  private boolean unread(InboxItem item) {
    return item.at() > readUpTo && !read.contains(item.id());
  }

  private void readOne(InboxItem item) {
    read.add(item.id());
    keep();
  }

  private void readAll() {
    readUpTo = items.stream().mapToLong(InboxItem::at).max().orElse(readUpTo);
    read.clear();
    keep();
  }

  private void keep() {
    read.retainAll(items.stream().map(InboxItem::id).toList());
    String kept = (readUpTo + " " + String.join(" ", read)).strip();
    getElement().executeJs("window.caelumInbox.keep($0)", kept);
    refresh();
  }

  private void refresh() {
    long unread = restored ? items.stream().filter(this::unread).count() : 0;
    count.setText(unread > MOST ? MOST + "+" : Long.toString(unread));
    count.setVisible(unread > 0);
    bell.setAriaLabel(Words.of("inbox.bell", unread));
    bell.setTooltipText(Words.of("inbox.bell", unread));
    all.setEnabled(unread > 0);
    if (popover.isOpened()) {
      none.setVisible(items.isEmpty());
      list.removeAll();
      items.stream()
          .limit(SHOWN)
          .forEach(item -> list.add(new InboxEntry(item, unread(item), () -> readOne(item))));
    }
  }
}
