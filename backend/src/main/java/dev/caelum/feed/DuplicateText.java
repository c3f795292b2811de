package dev.caelum.feed;

import dev.caelum.cluster.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to do where several live machines use one id, in words. One that this node saw later than
 * another is taken for the copy. Clean for display.
 */
public final class DuplicateText {
  /** Of machines first seen closer together than this, none is told to be the newer. */
  private static final long TOGETHER = 5_000_000_000L;

  private static final int SHOWN = 3;
  private static final String COMMAND = "run ./caelum identity renew ";

  private DuplicateText() {}

  /** The live rows of {@code table} under the id of {@code member}, first seen first. */
  public static List<Member> sharing(Member member, List<Member> table) {
    return table.stream()
        .filter(each -> each.duplicateId() && each.id().equals(member.id()))
        .sorted(Comparator.comparingLong(Member::firstSeenAt))
        .toList();
  }

  /** Who else uses the id of {@code member}, which of them is the copy, and what ends it. */
  public static String advice(Member member, List<Member> table, long now) {
    List<Member> sharing = sharing(member, table);
    List<Member> others =
        sharing.stream().filter(each -> !each.key().equals(member.key())).toList();
    return "Its id is used by " + places(others) + ", too. " + verdict(sharing, now);
  }

  /** The same on the whole table; empty where no id is shared. */
  public static Optional<String> note(List<Member> table, long now) {
    List<Member> shared = table.stream().filter(Member::duplicateId).toList();
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    Member first = shared.getFirst();
    List<Member> sharing = sharing(first, table);
    return Optional.of(
        sharing.size() < shared.size()
            ? shared.size() + " machines share an id with another one; Why tells what to do."
            : "The id %s is used by %s. %s"
                .formatted(
                    DisplayText.name(first.id().value()), places(sharing), verdict(sharing, now)));
  }

  private static String verdict(List<Member> sharing, long now) {
    if (sharing.stream().anyMatch(Member::legacy)) {
      return "Old nodes on Linux do that; each has a row of its own.";
    }
    Member oldest = sharing.getFirst();
    List<Member> newer =
        sharing.stream()
            .filter(each -> each.firstSeenAt() - oldest.firstSeenAt() > TOGETHER)
            .toList();
    if (newer.isEmpty() || newer.size() < sharing.size() - 1) {
      return "Was a disk image copied? This node saw them come together and cannot tell which is"
          + " the copy: "
          + COMMAND
          + "on that one.";
    }
    String ages =
        newer.stream().map(each -> seen(each, now)).collect(Collectors.joining(" and "))
            + ", the other "
            + seen(oldest, now);
    return "Was a disk image copied? "
        + (newer.size() == 1
            ? places(newer) + " is newer (first seen " + ages + "): " + COMMAND + "there."
            : places(newer) + " are newer (first seen " + ages + "): " + COMMAND + "on each.");
  }

  private static String seen(Member member, long now) {
    return MemberText.ago(now - member.firstSeenAt());
  }

  private static String places(List<Member> members) {
    String named =
        members.stream()
            .limit(SHOWN)
            .map(DuplicateText::place)
            .collect(Collectors.joining(" and "));
    int more = members.size() - SHOWN;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  private static String place(Member member) {
    String endpoint = DisplayText.line(member.endpoint().toString());
    return member.self()
        ? "this node (" + endpoint + ")"
        : MemberNames.name(member) + " (" + endpoint + ")";
  }
}
