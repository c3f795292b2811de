package dev.caelum.ui.view;

import com.vaadin.flow.i18n.I18NProvider;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values in words; unknown is a dash. */
final class Words {
  static final String UNKNOWN = "–";
  private static final int LONGEST_NAME = 64;

  private Words() {}

  static String of(String key, Object... values) {
    return I18NProvider.translate(Languages.current(), key, values);
  }

  /** The translation of {@code prefix + word} when there is one, else the word itself. */
  static String known(String prefix, String word) {
    String translated = of(prefix + word);
    // the provider marks what it does not know
    return translated.contains(prefix + word) ? word : translated;
  }

  /** The text under {@code key} where the page's language has one; null in English. */
  static @Nullable String ifAny(String key, Object... values) {
    if (Languages.current().getLanguage().equals(Languages.OFFERED.getFirst().getLanguage())) {
      return null;
    }
    String text = of(key, values);
    return text.contains(key) ? null : text;
  }

  /** A size on a disk, in units of 1,000. */
  static String bytes(long bytes) {
    return bytes < 1_000_000
        ? of("size.kb", Math.ceilDiv(bytes, 1_000))
        : of("size.mb", Math.round(bytes / 1e6));
  }

  /** The name for people, at most 64 characters. */
  static String name(Machine machine) {
    return name(machine.label().isEmpty() ? machine.hostname() : machine.label());
  }

  static String name(String hostname) {
    int length = hostname.codePointCount(0, hostname.length());
    return length <= LONGEST_NAME
        ? hostname
        : hostname.substring(0, hostname.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }

  /** The word of the badge: one for each state of the API, and one for a row not linked. */
  static String state(Machine machine) {
    if (machine.state() == MachineState.ALIVE && !machine.connected()) {
      return of("state.unlinked");
    }
    return of("state." + machine.state().word());
  }

  /** The rule behind the badge, on an English page after what the node says of this machine. */
  static String rule(Machine machine) {
    String summary = machine.summary();
    boolean english = Languages.current().getLanguage().equals("en");
    String rule = rule(machine.state());
    if (summary.isEmpty() || !english) {
      return rule;
    }
    // Both begin with the state: what the node says of this machine takes it.
    return capital(summary) + ". " + capital(rule.substring(rule.indexOf(": ") + 2)) + ".";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  static String rule(MachineState state) {
    return of("state." + state.word() + ".rule");
  }

  /** The round trip, and the share of lost probes where there is one. */
  static String way(Machine machine) {
    if (machine.udpBlocked()) {
      return of("rtt.blocked", rtt(machine.rttMillis()));
    }
    Double loss = machine.lossPercent();
    return loss == null || loss < 0.5
        ? rtt(machine.rttMillis())
        : of("rtt.loss", rtt(machine.rttMillis()), percent(loss));
  }

  static String percent(@Nullable Double value) {
    return value == null ? UNKNOWN : decimal(value, 0) + " %";
  }

  /** A number as the page's language writes it, with that many digits behind the comma. */
  static String decimal(double value, int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(Languages.current());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }

  static String number(@Nullable Integer value) {
    return value == null ? UNKNOWN : value.toString();
  }

  /** Memory in percent of a total in GiB. */
  static String memory(Machine machine) {
    if (machine.memoryPercent() == null) {
      return UNKNOWN;
    }
    return machine.memoryTotalGb() == null
        ? percent(machine.memoryPercent())
        : of("memory.of", percent(machine.memoryPercent()), decimal(machine.memoryTotalGb(), 0));
  }

  /** One decimal below 10 ms, none above. */
  static String rtt(@Nullable Double millis) {
    if (millis == null) {
      return UNKNOWN;
    }
    return decimal(millis, millis < 10 ? 1 : 0) + " ms";
  }

  /** The role's own word when it is one we know, else what the machine sent. */
  static String role(Machine machine) {
    return switch (machine.role().toLowerCase(Locale.ROOT)) {
      case "" -> UNKNOWN;
      case "node", "coordinator", "hybrid" -> of("role." + machine.role().toLowerCase(Locale.ROOT));
      default -> machine.role();
    };
  }
}
