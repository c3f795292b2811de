package dev.caelum.ui.view;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import dev.caelum.ui.client.EventFilter;
import dev.caelum.ui.client.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The filter of the events, as fields and as parameters of the page's address. */
final class EventChoices extends Div {
  private static final int PAUSE_MILLIS = 300;

  /** The query parameter of the level. */
  static final String LEVEL = "level";

  private static final List<String> LEVELS = List.of("", "info", "warning", "problem");
  private static final List<String> CATEGORIES =
      List.of("", "machine", "connection", "discovery", "node");
  private static final List<String> RANGES = List.of("", "15m", "60m", "1440m", "10080m", "43200m");

  private final Select<String> level =
      select("log.filter.level", LEVEL, LEVELS, "log.filter.any", "log.");
  private final Select<String> category =
      select("log.filter.category", "category", CATEGORIES, "log.filter.any", "log.category.");
  private final Select<String> range =
      select("history.range", "range", RANGES, "log.filter.ever", "log.range.");
  private final ComboBox<String> machine = new ComboBox<>(Words.of("column.machine"));
  private final TextField text = new TextField(Words.of("log.filter.text"));
  private final Consumer<EventFilter> chosen;
  private boolean filling;

  EventChoices(Consumer<EventFilter> chosen) {
    this.chosen = chosen;
    addClassName("choices");
    machine.setTestId("events-machine");
    machine.setClearButtonVisible(true);
    machine.setItemLabelGenerator(EventChoices::name);
    machine.setItems(query ->
        keys(query.getFilter().orElse("")).skip(query.getOffset()).limit(query.getLimit()));
    machine.setPlaceholder(Words.of("log.filter.any"));
    text.setTestId("events-text");
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.setValueChangeTimeout(PAUSE_MILLIS);
    Stream.of(level, category, range)
        .forEach(each -> each.addValueChangeListener(change -> told()));
    machine.addValueChangeListener(change -> told());
    text.addValueChangeListener(change -> told());
    add(text, level, category, machine, range);
  }

  private static Select<String> select(
      String label, String name, List<String> items, String any, String words) {
    Select<String> select = new Select<>();
    select.setLabel(Words.of(label));
    select.setItems(items);
    select.setItemLabelGenerator(each -> Words.of(each.isEmpty() ? any : words + each));
    select.setValue("");
    select.setTestId("events-" + name);
    return select;
  }

  private static Stream<String> keys(String typed) {
    String words = typed.strip().toLowerCase(Locale.ROOT);
    return Access.view().machines().stream()
        .filter(each -> each.searched().contains(words))
        .map(Machine::key)
        .sorted();
  }

  /** The name of the machine with that key; the key itself when nobody knows it any more. */
  static String name(String key) {
    return Access.view().machines().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .map(Words::name)
        .orElse(key);
  }

  private void told() {
    if (!filling) {
      chosen.accept(filter());
    }
  }

  EventFilter filter() {
    return new EventFilter(
        level.getValue(),
        category.getValue(),
        Objects.requireNonNullElse(machine.getValue(), ""),
        text.getValue().strip(),
        range.getValue());
  }

  /** Takes the filter from an address without telling of it. */
  void read(QueryParameters query) {
    filling = true;
    level.setValue(one(query, LEVEL, LEVELS));
    category.setValue(one(query, "category", CATEGORIES));
    range.setValue(one(query, "range", RANGES));
    String key = query.getSingleParameter("machine").orElse("");
    machine.setValue(key.isEmpty() ? null : key);
    text.setValue(query.getSingleParameter("q").orElse(""));
    filling = false;
  }

  private static String one(QueryParameters query, String name, List<String> possible) {
    return query.getSingleParameter(name).filter(possible::contains).orElse("");
  }

  /** Takes everything, and tells so. */
  void clear() {
    read(QueryParameters.empty());
    told();
  }

  static QueryParameters query(EventFilter filter) {
    Map<String, String> query = new LinkedHashMap<>();
    put(query, "q", filter.text());
    put(query, LEVEL, filter.level());
    put(query, "category", filter.category());
    put(query, "machine", filter.machine());
    put(query, "range", filter.range());
    return QueryParameters.simple(query);
  }

  private static void put(Map<String, String> query, String name, String value) {
    if (!value.isEmpty()) {
      query.put(name, value);
    }
  }
}
