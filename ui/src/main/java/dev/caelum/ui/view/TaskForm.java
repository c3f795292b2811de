package dev.caelum.ui.view;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.caelum.ui.client.JsonText;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.TaskOrder;
import dev.caelum.ui.state.ClusterView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a task; each checks what is typed as it is typed. */
final class TaskForm extends Div {
  private static final int CHECK_AFTER_MILLIS = 250;

  private final ComboBox<String> type = new ComboBox<>(Words.of("submit.type"));
  private final ComboBox<String> service = new ComboBox<>(Words.of("submit.service"));
  private final MultiSelectComboBox<String> machines = machines("submit.machines");
  private final Checkbox each = new Checkbox(Words.of("submit.each"));
  private final TextArea payload = new TextArea(Words.of("submit.payload"));
  private final IntegerField priority = new IntegerField(Words.of("submit.priority"));
  private final NumberField timeout = number("submit.timeout");
  private final Checkbox queue = new Checkbox(Words.of("submit.queue"));
  private final TextField labels = new TextField(Words.of("submit.labels"));
  private final NumberField cores = number("submit.cores");
  private final NumberField memory = number("submit.memory");
  private final IntegerField gpus = new IntegerField(Words.of("submit.gpus"));
  private final IntegerField attempts = new IntegerField(Words.of("submit.attempts"));
  private final NumberField deadline = number("submit.deadline");
  private final MultiSelectComboBox<String> not = machines("submit.not");
  private final MultiSelectComboBox<String> prefer = machines("submit.prefer");
  private final Map<String, String> names = new LinkedHashMap<>();
  private String example = "";

  TaskForm(ClusterView view) {
    addClassName("form");
    view.own().stream().filter(Machine::online).forEach(m -> names.put(m.key(), Words.name(m)));
    Set<String> services = new TreeSet<>();
    Optional.ofNullable(view.services()).orElse(List.of()).stream()
        .map(Service::name)
        .forEach(services::add);
    fillMachines();
    type.setAllowCustomValue(true);
    type.addCustomValueSetListener(set -> type.setValue(set.getDetail().strip()));
    type.addValueChangeListener(change -> suggest());
    type.setTestId("submit-type");
    type.setAutofocus(true);
    type.setRequiredIndicatorVisible(true);
    service.setAllowCustomValue(true);
    service.addCustomValueSetListener(set -> service.setValue(set.getDetail().strip()));
    service.setItems(services);
    service.setPlaceholder(Words.of("submit.service.any"));
    service.setClearButtonVisible(true);
    machines.setPlaceholder(Words.of("submit.machines.any"));
    machines.setTestId("submit-machines");
    each.setTestId("submit-each");
    payload.addClassName("wide");
    payload.addClassName("code");
    payload.setTestId("submit-payload");
    payload.setHelperText(Words.of("submit.payload.help"));
    payload.setMinRows(4);
    payload.setMaxRows(12);
    payload.setValueChangeMode(ValueChangeMode.LAZY);
    payload.setValueChangeTimeout(CHECK_AFTER_MILLIS);
    payload.addValueChangeListener(change -> checkPayload());
    range(priority, 1, 10);
    range(attempts, 1, 10);
    range(gpus, 0, 64);
    timeout.setMin(0.1);
    timeout.setMax(86_400);
    queue.setTestId("submit-queue");
    labels.setPlaceholder("disk=ssd, zone=a");
    labels.setHelperText(Words.of("submit.labels.help"));
    labels.addValueChangeListener(change -> labels.setInvalid(readLabels() == null));
    labels.setErrorMessage(Words.of("submit.labels.invalid"));
    Div ticks = new Div(each, queue);
    ticks.addClassName("ticks");
    Div more = new Div(labels, not, prefer, attempts, deadline, cores, memory, gpus);
    more.addClassName("form");
    Details advanced = new Details(Words.of("submit.advanced"), more);
    advanced.addClassName("wide");
    advanced.setTestId("submit-advanced");
    add(type, service, machines, priority, payload, timeout, ticks, advanced);
    show(defaults());
  }

  private static TaskOrder defaults() {
    return new TaskOrder(
        "", null, List.of(), List.of(), List.of(), Map.of(), 0, 0, 0, 5, "", 60, 0, 3, false,
        false);
  }

  private static NumberField number(String key) {
    NumberField field = new NumberField(Words.of(key));
    field.setMin(0);
    return field;
  }

  private static MultiSelectComboBox<String> machines(String key) {
    MultiSelectComboBox<String> field = new MultiSelectComboBox<>(Words.of(key));
    field.setClearButtonVisible(true);
    return field;
  }

  private static void range(IntegerField field, int min, int max) {
    field.setMin(min);
    field.setMax(max);
    field.setStepButtonsVisible(true);
  }

  private void fillMachines() {
    for (MultiSelectComboBox<String> field : List.of(machines, not, prefer)) {
      field.setItems(List.copyOf(names.keySet()));
      field.setItemLabelGenerator(key -> names.getOrDefault(key, key));
    }
  }

  /** Offers these types. */
  void offer(List<String> types) {
    String chosen = type.getValue();
    type.setItems(types);
    if (chosen != null) {
      type.setValue(chosen);
    }
  }

  /** Shows {@code order} in the fields. */
  void show(TaskOrder order) {
    List.of(order.machines(), order.not(), order.prefer())
        .forEach(list -> list.forEach(name -> names.putIfAbsent(name, name)));
    fillMachines();
    example = "";
    if (!order.type().isEmpty()) {
      type.setItems(order.type());
      type.setValue(order.type());
    }
    service.setValue(order.service());
    machines.setValue(new LinkedHashSet<>(order.machines()));
    not.setValue(new LinkedHashSet<>(order.not()));
    prefer.setValue(new LinkedHashSet<>(order.prefer()));
    payload.setValue(order.payload());
    priority.setValue(order.priority());
    timeout.setValue(order.timeoutSeconds());
    deadline.setValue(order.deadlineSeconds() > 0 ? order.deadlineSeconds() : null);
    attempts.setValue(order.attempts());
    queue.setValue(order.queue());
    labels.setValue(TaskFacts.labels(order));
    cores.setValue(order.cores() > 0 ? order.cores() : null);
    memory.setValue(order.memoryGib() > 0 ? order.memoryGib() : null);
    gpus.setValue(order.gpus() > 0 ? order.gpus() : null);
  }

  /** Writes an example of the type's payload where nobody has written anything. */
  private void suggest() {
    String chosen = type.getValue();
    type.setInvalid(false);
    if (chosen == null || !(payload.getValue().isBlank() || payload.getValue().equals(example))) {
      return;
    }
    String known = Words.known("submit.example.", chosen);
    example = known.equals(chosen) ? "{}" : known;
    payload.setValue(example);
  }

  private boolean checkPayload() {
    String text = payload.getValue();
    JsonText.Fault fault = text.isBlank() ? null : JsonText.fault(text);
    payload.setInvalid(fault != null);
    if (fault != null) {
      payload.setErrorMessage(Words.of("submit.payload.invalid", fault.line(), fault.column()));
    }
    return fault == null;
  }

  /** What is written; empty, with the faults marked, when it is no order. */
  Optional<TaskOrder> order() {
    String chosen = type.getValue() == null ? "" : type.getValue().strip();
    type.setInvalid(chosen.isEmpty());
    type.setErrorMessage(Words.of("submit.type.missing"));
    Map<String, String> wanted = readLabels();
    boolean numbers =
        List.of(priority, attempts, gpus).stream().noneMatch(IntegerField::isInvalid)
            && List.of(timeout, deadline, cores, memory).stream().noneMatch(NumberField::isInvalid);
    if (chosen.isEmpty() || !checkPayload() || wanted == null || !numbers) {
      return Optional.empty();
    }
    String text = payload.getValue();
    return Optional.of(
        new TaskOrder(
            chosen,
            service.getValue() == null || service.getValue().isBlank() ? null : service.getValue(),
            List.copyOf(machines.getValue()),
            List.copyOf(not.getValue()),
            List.copyOf(prefer.getValue()),
            wanted,
            or(cores.getValue(), 0),
            or(memory.getValue(), 0),
            Objects.requireNonNullElse(gpus.getValue(), 0),
            Objects.requireNonNullElse(priority.getValue(), 5),
            text.isBlank() ? "{}" : text,
            or(timeout.getValue(), 60),
            or(deadline.getValue(), 0),
            Objects.requireNonNullElse(attempts.getValue(), 3),
            queue.getValue(),
            each.getValue()));
  }

  private static double or(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  /** Null when it is not {@code key=value, key=value}. */
  private @Nullable Map<String, String> readLabels() {
    Map<String, String> read = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>(List.of(labels.getValue().split(",", -1)));
    parts.removeIf(String::isBlank);
    for (String part : parts) {
      int sign = part.indexOf('=');
      if (sign < 1 || part.substring(0, sign).isBlank()) {
        return null;
      }
      read.put(part.substring(0, sign).strip(), part.substring(sign + 1).strip());
    }
    return read;
  }
}
