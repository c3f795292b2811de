package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A moment of the past by the browser's own clock and zone; empty is now. */
final class MomentField extends DateTimePicker {
  private static final long serialVersionUID = 1L;
  private static final Duration STEP = Duration.ofMinutes(15);

  private @Nullable Instant moment;
  private boolean showing;

  MomentField(String label) {
    super(label);
    Locale locale = Languages.current();
    setLocale(locale);
    setStep(STEP);
    setDatePlaceholder(Words.of("history.now"));
    setDateAriaLabel(label + ", " + Words.of("moment.date"));
    setTimeAriaLabel(label + ", " + Words.of("moment.time"));
    setDatePickerI18n(words(locale));
  }

  private static DatePickerI18n words(Locale locale) {
    WeekFields week = locale.getCountry().isEmpty() ? WeekFields.ISO : WeekFields.of(locale);
    List<DayOfWeek> days = List.of(DayOfWeek.values());
    // The picker's weeks begin with Sunday in this list, whatever day they begin with on the page.
    List<DayOfWeek> fromSunday = days.stream().map(day -> day.minus(1)).toList();
    return new DatePickerI18n()
        .setMonthNames(
            Arrays.stream(Month.values())
                .map(month -> month.getDisplayName(TextStyle.FULL_STANDALONE, locale))
                .toList())
        .setWeekdays(names(fromSunday, day -> day.getDisplayName(TextStyle.FULL, locale)))
        .setWeekdaysShort(names(fromSunday, day -> day.getDisplayName(TextStyle.SHORT, locale)))
        .setFirstDayOfWeek(week.getFirstDayOfWeek().getValue() % 7)
        .setToday(Words.of("moment.today"))
        .setCancel(Words.of("moment.cancel"));
  }

  private static List<String> names(List<DayOfWeek> days, Function<DayOfWeek, String> name) {
    return days.stream().map(name).toList();
  }

  /** Tells when somebody chooses another moment; one of the future is now. */
  void onChange(Runnable changed) {
    addValueChangeListener(change -> {
      if (!showing) {
        LocalDateTime chosen = change.getValue();
        Instant wanted = chosen == null ? null : chosen.atZone(zone()).toInstant();
        show(wanted == null || wanted.isAfter(Instant.now()) ? null : wanted);
        changed.run();
      }
    });
  }

  /** The moment that is chosen; empty for now. */
  Optional<Instant> moment() {
    return Optional.ofNullable(moment);
  }

  /** Shows {@code chosen} without telling of it; null for now. */
  void show(@Nullable Instant chosen) {
    moment = chosen;
    showing = true;
    setValue(chosen == null ? null : LocalDateTime.ofInstant(chosen, zone()));
    showing = false;
  }

  /** The browser's; UTC as long as it is not known. */
  private static ZoneId zone() {
    UI ui = UI.getCurrent();
    String zone = ui == null ? null : ui.getPage().getExtendedClientDetails().getTimeZoneId();
    return zone == null || zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
  }
}
