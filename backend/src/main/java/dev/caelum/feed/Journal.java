package dev.caelum.feed;

import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened to each machine lately: the last {@value #KEPT} findings of each, as long as it is
 * in the table. One thread writes, any may read.
 */
public final class Journal {
  static final int KEPT = 12;

  /** More than the table has rows. */
  private static final int MACHINES = 4_096;

  /** What an attempt to connect ends with. */
  private static final Set<String> ATTEMPTS =
      Arrays.stream(FailureCode.values())
          .map(FailureCode::code)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, Story> stories = new ConcurrentHashMap<>();

  /** Newest last, and what the member was like when it was looked at. */
  private record Story(
      List<Finding> findings, @Nullable MemberState state, Member.@Nullable Doubt doubt) {
    static final Story EMPTY = new Story(List.of(), null, null);

    Story with(Finding finding) {
      List<Finding> next = new ArrayList<>(findings);
      if (!next.isEmpty() && repeats(next.getLast(), finding)) {
        next.removeLast();
      }
      next.add(finding);
      int over = Math.max(0, next.size() - KEPT);
      return new Story(List.copyOf(next.subList(over, next.size())), state, doubt);
    }
  }

  /**
   * Whether {@code next} says the same again, if only of a later attempt: a machine that is gone is
   * tried for days, which must not drive out why it went.
   */
  private static boolean repeats(Finding last, Finding next) {
    return last.code().equals(next.code())
        && (last.text().equals(next.text()) || ATTEMPTS.contains(next.code()));
  }

  /** The findings about the machine {@code key}, newest first. */
  public List<Finding> of(String key) {
    return stories.getOrDefault(key, Story.EMPTY).findings().reversed();
  }

  /** Notes a sentence that was told about a machine. */
  public void told(String key, Finding finding) {
    put(key, story(key).with(finding));
  }

  /** Looks at what changed in a row: who joined in a suspicion, and how one ended. */
  public void changed(Member member, MemberNames names, long now) {
    Story story = story(member.key());
    Member.Doubt doubt = member.doubt();
    Story next = story;
    if (story.state() == null && member.state() == MemberState.ALIVE && !member.connected()) {
      next = next.with(new Finding(now, "known", name(member) + " is known through the cluster"));
    }
    if (doubt != null && !doubt.equals(story.doubt())) {
      for (Finding finding : news(story.doubt(), doubt, member, names, now)) {
        next = next.with(finding);
      }
    }
    if (member.state() != story.state() || !Objects.equals(doubt, story.doubt())) {
      put(member.key(), new Story(next.findings(), member.state(), doubt));
    }
  }

  /** The row is gone. */
  public void removed(String key) {
    stories.remove(key);
  }

  private static List<Finding> news(
      Member.@Nullable Doubt was, Member.Doubt is, Member member, MemberNames names, long now) {
    boolean same = was != null && was.evidence().equals(is.evidence()) && open(was);
    List<Finding> news = new ArrayList<>();
    int known = same && was != null ? was.accusers().size() : 0;
    for (int i = known; i < is.accusers().size(); i++) {
      String who = names.name(is.accusers().get(i));
      news.add(new Finding(now, "accused", who + " found " + name(member) + " silent"));
    }
    String after = MemberText.span(is.endedAt() - is.since());
    String end =
        switch (is.outcome()) {
          case OPEN, CONFIRMED -> "";
          case ANSWERED -> " answered this node after " + after;
          case REFUTED ->
              " refuted the suspicion after " + after + ", incarnation " + member.incarnation();
        };
    if (!end.isEmpty()) {
      String code = is.outcome().name().toLowerCase(Locale.ROOT);
      news.add(new Finding(is.endedAt(), code, name(member) + end));
    }
    return news;
  }

  private static boolean open(Member.Doubt doubt) {
    return doubt.outcome() == Member.Doubt.Outcome.OPEN;
  }

  private static String name(Member member) {
    return MemberNames.name(member);
  }

  private Story story(String key) {
    return stories.getOrDefault(key, Story.EMPTY);
  }

  private void put(String key, Story story) {
    if (stories.size() < MACHINES || stories.containsKey(key)) {
      stories.put(key, story);
    }
  }
}
