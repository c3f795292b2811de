package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.feed.MemberNames;

/** The API's Machine object as text, for whoever keeps it. */
public final class MachineText {
  private MachineText() {}

  /** The row as it is in that table. */
  public static String of(Member member, ClusterSnapshot table) {
    return Json.text(
        MachineView.of(member, new MemberNames(table), table.at(), MachineNote.NONE, _ -> null));
  }
}
