package dev.caelum.feed;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a machine is in its state, in words; the one place that makes them. Clean for display. */
public final class MemberText {
  private static final long SECOND = 1_000_000_000L;

  private MemberText() {}

  /** The state as the API spells it. */
  public static String word(MemberState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The claim as the API spells it. */
  static String word(Rumor.Claim claim) {
    return claim.name().toLowerCase(Locale.ROOT);
  }

  /** The state and what stands behind it, without ages. */
  public static String summary(Member member) {
    if (member.self()) {
      return "alive: this machine";
    }
    return switch (member.state()) {
      case ALIVE -> "alive, " + how(member) + udp(member);
      case SUSPECT ->
          "suspect, "
              + (member.connected() ? "linked" : "not linked")
              + cause(member)
              + "; being checked"
              + udp(member);
      case DEAD -> "dead" + cause(member);
      case LEFT -> "left: said goodbye";
      case HEARD ->
          member.foreign()
              ? "heard, not linked: belongs to another cluster"
              : "heard by its beacon, not registered";
    };
  }

  private static String how(Member member) {
    if (member.connected()) {
      return "linked";
    }
    return member.legacy()
        ? "not linked: known by its beacons"
        : "not linked: known through the cluster";
  }

  private static String cause(Member member) {
    Member.Doubt doubt = member.doubt();
    return doubt == null ? "" : ": " + DisplayText.line(doubt.evidence());
  }

  private static String udp(Member member) {
    Member.Probes probes = member.probes();
    return probes != null && probes.udpBlocked() ? "; UDP is blocked, TCP works" : "";
  }

  /** What is known of {@code member} at {@code now}, monotonic nanoseconds, one sentence each. */
  public static List<String> reasons(Member member, MemberNames names, long now) {
    List<String> reasons = new ArrayList<>();
    if (member.self()) {
      reasons.add("This is the machine that this node runs on.");
      reasons.add(
          member.incarnation() == 0
              ? "Nobody has doubted it since its start."
              : "Its incarnation is "
                  + member.incarnation()
                  + ": it rises when the machine refutes a doubt or moves.");
      duplicate(member, names, now, reasons);
      return reasons;
    }
    reasons.add(link(member, now));
    reasons.add("The last sign of life came " + ago(now - member.lastEvidenceAt()) + ".");
    probes(member, reasons);
    Member.Doubt doubt = member.doubt();
    if (doubt != null) {
      reasons.add(doubt(doubt, names, now));
    }
    if (member.lastFailure() != null && !member.connected()) {
      boolean known = member.state() == MemberState.HEARD || member.state().online();
      FailureText words = FailureText.of(member.lastFailure(), member.hostname(), known);
      reasons.add(words.text() + " " + words.hint());
    }
    duplicate(member, names, now, reasons);
    return reasons;
  }

  private static void duplicate(Member member, MemberNames names, long now, List<String> reasons) {
    if (member.duplicateId()) {
      reasons.add(DuplicateText.advice(member, names.table().members(), now));
    }
  }

  private static String link(Member member, long now) {
    Member.Link link = member.link();
    if (link == null) {
      return member.state() == MemberState.ALIVE && !member.legacy()
          ? "It is not linked with this node; it is known through the cluster, and probed."
          : "It is not linked with this node.";
    }
    Long rtt = link.rttMicros();
    return "It has been linked for "
        + span(now - link.since())
        + (link.outbound() ? "; this node dialled " : "; it dialled this node from ")
        + DisplayText.line(link.remote())
        + (rtt == null ? "." : "; a round trip takes " + millis(rtt) + ".");
  }

  private static void probes(Member member, List<String> reasons) {
    Member.Probes probes = member.probes();
    if (probes == null || probes.asked() == 0) {
      return;
    }
    Long rtt = probes.rttMicros();
    int asked = probes.asked();
    int answered = asked - probes.lost();
    reasons.add(
        (asked == 1 ? "The last probe" : "Of the last " + asked + " probes")
            + " over UDP"
            + (asked == 1
                ? answered == 1 ? " was" : " was not"
                : answered == asked ? ", all were" : ", " + answered + " were")
            + " answered directly"
            + (rtt == null ? "." : "; an answer takes " + millis(rtt) + "."));
    if (probes.udpBlocked()) {
      reasons.add(
          "UDP to it is blocked, TCP works: look at the firewalls of both machines for UDP 8181.");
    }
  }

  private static String doubt(Member.Doubt doubt, MemberNames names, long now) {
    String who =
        doubt.accusers().isEmpty() ? "" : ", found silent by " + names.names(doubt.accusers());
    String what = " (" + DisplayText.line(doubt.evidence()) + who + ")";
    return doubt.outcome() == Member.Doubt.Outcome.OPEN
        ? "It has been doubted for " + span(now - doubt.since()) + what + "."
        : "It was last doubted " + ago(now - doubt.since()) + what + "; " + ended(doubt) + ".";
  }

  /** How the suspicion ended. */
  static String ended(Member.Doubt doubt) {
    String after = span(doubt.endedAt() - doubt.since());
    return switch (doubt.outcome()) {
      case OPEN -> "it is still open";
      case ANSWERED -> "it answered this node after " + after;
      case REFUTED -> "it said that it lives (refuted) after " + after;
      case CONFIRMED -> "it was declared dead after " + after;
    };
  }

  /** {@code 0.4 s ago}. */
  static String ago(long nanos) {
    return span(nanos) + " ago";
  }

  /** {@code 40 ms}, {@code 0.4 s}, {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}. */
  static String span(long nanos) {
    long n = Math.max(0, nanos);
    long s = n / SECOND;
    if (n < SECOND / 10) {
      return n / 1_000_000 + " ms";
    }
    if (s < 10) {
      return String.format(Locale.ROOT, "%.1f s", n / 1e9);
    }
    if (s < 120) {
      return s + " s";
    }
    if (s < 7_200) {
      return s / 60 + " min";
    }
    return s < 172_800 ? s / 3_600 + " h" : s / 86_400 + " d";
  }

  /** {@code 0.4 ms}, {@code 42 ms}. */
  static String millis(long micros) {
    return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1e3);
  }
}
