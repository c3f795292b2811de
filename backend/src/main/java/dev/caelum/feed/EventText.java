package dev.caelum.feed;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as one sentence: the one place where events get their words, for log, page, REST
 * and command line. Clean for display.
 *
 * @param about the machine it is about; null when about none
 * @param code stable, lower case with underscores; null for what nobody looks up later
 */
public record EventText(
    Level level, Category category, String text, @Nullable Member about, @Nullable String code) {
  private static final int NAMED = 8;

  /** The sentence for {@code event}; null for one that is no news to people. */
  public static @Nullable EventText of(ClusterEvent event, MemberNames names) {
    return switch (event) {
      case ClusterEvent.MemberChanged _, ClusterEvent.MemberRemoved _ -> null;
      case ClusterEvent.Discovered(Member member) ->
          machine(
              Level.INFO,
              "🎯 UDP discovered new Caelum machine: %s (%s)"
                  .formatted(name(member), member.endpoint().host()),
              member,
              "heard");
      case ClusterEvent.DialStarted dial -> {
        Member member = dial.member();
        yield link(
            Level.INFO,
            "Connecting to " + (member == null ? "" : name(member) + " ") + dial.target(),
            member,
            null);
      }
      case ClusterEvent.DialFailed(Failure failure, @Nullable Member member, String _) ->
          failure.code() == FailureCode.ALREADY ? null : failed(failure, member);
      case ClusterEvent.Connected linked ->
          link(
              Level.INFO,
              "Connected to %s (%s) in %d ms"
                  .formatted(name(linked.member()), linked.target(), linked.millis()),
              linked.member(),
              "linked");
      case ClusterEvent.Suspected(Member member, String why) ->
          machine(
              Level.WARNING,
              name(member) + " is suspect: " + evidence(member, why, names),
              member,
              "suspect");
      case ClusterEvent.Died(Member member, String why) ->
          machine(
              Level.PROBLEM, name(member) + " is dead: " + DisplayText.line(why), member, "dead");
      case ClusterEvent.Departed(Member member) ->
          machine(Level.INFO, name(member) + " said goodbye and left", member, "left");
      case ClusterEvent.Returned(Member member, var was) ->
          machine(
              Level.INFO,
              name(member) + " is alive again (was " + MemberText.word(was) + ")",
              member,
              "alive");
      case ClusterEvent.Refuted refuted ->
          machine(
              Level.WARNING,
              "%s counted this machine as %s; it said that it lives, with incarnation %d"
                  .formatted(
                      sentenceStart(names.name(refuted.accuser())),
                      MemberText.word(refuted.claim()),
                      refuted.self().incarnation()),
              refuted.self(),
              "refuted");
      case ClusterEvent.UdpBlocked(Member member, boolean blocked) ->
          link(
              blocked ? Level.WARNING : Level.INFO,
              blocked
                  ? "UDP to " + name(member) + " is blocked, TCP works"
                  : "UDP to " + name(member) + " gets through again",
              member,
              blocked ? "udp_blocked" : "udp_works");
      case ClusterEvent.NetworkLost(int silent, int asked) ->
          node(
              Level.PROBLEM,
              "%d of %d machines fell silent at once: this machine's own network is down"
                  .formatted(silent, asked),
              "network_down");
      case ClusterEvent.NetworkJudged(boolean back) ->
          back
              ? node(Level.INFO, "Other machines are heard again", "network_back")
              : node(
                  Level.WARNING,
                  "The silence lasts: from now on it counts against the silent machines",
                  "network_silent");
      case ClusterEvent.Moved moved ->
          machine(
              Level.INFO,
              "%s is now at %s (was %s)"
                  .formatted(name(moved.member()), moved.member().endpoint(), moved.from()),
              moved.member(),
              "moved");
      case ClusterEvent.DuplicateId(Member member, String otherKey) ->
          machine(
              Level.WARNING,
              "Two machines use the id %s: %s and %s %s"
                  .formatted(
                      DisplayText.name(member.id().value()),
                      DisplayText.line(member.key()),
                      DisplayText.line(otherKey),
                      member.legacy()
                          ? "(old nodes on Linux all do)"
                          : "(copied disk image? Run ./caelum identity renew on the copy)"),
              member,
              FailureCode.DUPLICATE_ID.code());
      case ClusterEvent.ForeignSeen(Member member) ->
          machine(
              Level.INFO,
              "%s belongs to another cluster (%s); it is shown, not linked"
                  .formatted(name(member), DisplayText.name(member.clusterName())),
              member,
              FailureCode.FOREIGN.code());
    };
  }

  /**
   * One sentence for {@code count} of the same kind within a moment.
   *
   * @param names of some of them
   */
  public static EventText several(EventText one, int count, List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    int unnamed = count - Math.min(NAMED, names.size());
    String all = unnamed > 0 ? shown + " and " + unnamed + " more" : shown;
    String what =
        switch (String.valueOf(one.code())) {
          case "suspect" -> " machines fell silent at once: ";
          case "dead" -> " machines died at once: ";
          case "left" -> " machines left at once: ";
          default -> " machines are alive again: ";
        };
    return new EventText(one.level(), one.category(), count + what + all, null, one.code());
  }

  /** Who found it silent, when it was another node, else what was found. */
  private static String evidence(Member member, String why, MemberNames names) {
    Member.Doubt doubt = member.doubt();
    return doubt == null || doubt.accusers().isEmpty()
        ? DisplayText.line(why)
        : names.names(doubt.accusers()) + " found it silent";
  }

  private static EventText failed(Failure failure, @Nullable Member member) {
    FailureText words =
        FailureText.of(failure, member == null ? null : member.hostname(), member != null);
    Long nextAt = failure.nextAttemptAt();
    String next =
        nextAt == null
            ? ""
            : " (attempt %d, next in %d s)"
                .formatted(
                    failure.attempt(),
                    Math.max(0, (nextAt - failure.at() + 500_000_000) / 1_000_000_000));
    return link(
        Level.PROBLEM,
        "Connection to %s failed: %s%s. %s"
            .formatted(
                member == null ? failure.target().toString() : name(member),
                failure.code().code(),
                next,
                words.text()),
        member,
        failure.code().code());
  }

  private static EventText machine(
      Level level, String text, @Nullable Member about, @Nullable String code) {
    return new EventText(level, Category.MACHINE, text, about, code);
  }

  private static EventText link(
      Level level, String text, @Nullable Member about, @Nullable String code) {
    return new EventText(level, Category.CONNECTION, text, about, code);
  }

  private static EventText node(Level level, String text, String code) {
    return new EventText(level, Category.MACHINE, text, null, code);
  }

  private static String name(Member member) {
    return MemberNames.name(member);
  }

  private static String sentenceStart(String text) {
    return text.startsWith("a machine") ? "A" + text.substring(1) : text;
  }
}
