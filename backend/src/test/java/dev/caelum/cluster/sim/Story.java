package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;

/** One line an event, for the tale of a failed run. */
final class Story {
  private Story() {}

  static String of(ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.MemberChanged(Member member, var was) ->
          member.key() + " " + was + " -> " + member.state() + " " + member.link();
      case ClusterEvent.MemberRemoved(String key) -> "removed " + key;
      case ClusterEvent.Discovered(Member member) -> "discovered " + member.key();
      case ClusterEvent.DialStarted started -> "dials " + started.target();
      case ClusterEvent.DialFailed failed ->
          "dial failed " + failed.failure().target() + " " + failed.failure().code();
      case ClusterEvent.Connected connected -> "connected " + connected.member().key();
      case ClusterEvent.Suspected(Member member, String why) ->
          "suspects " + member.key() + ": " + why;
      case ClusterEvent.Died(Member member, String why) -> "dead " + member.key() + ": " + why;
      case ClusterEvent.Departed(Member member) -> "left " + member.key();
      case ClusterEvent.Returned(Member member, var was) -> "back from " + was + " " + member.key();
      case ClusterEvent.Moved(Member member, var from) ->
          member.key() + " moved from " + from + " to " + member.endpoint();
      case ClusterEvent.DuplicateId duplicate ->
          "duplicate " + duplicate.member().key() + " and " + duplicate.otherKey();
      case ClusterEvent.Refuted(Member self, var accuser, var claim) ->
          "refutes " + claim + " by " + accuser;
      case ClusterEvent.UdpBlocked(Member member, boolean blocked) ->
          "UDP to " + member.key() + (blocked ? " blocked" : " open");
      case ClusterEvent.NetworkLost(int silent, int asked) ->
          "its own network is down: " + silent + " of " + asked;
      case ClusterEvent.NetworkJudged(boolean back) ->
          back ? "its own network is back" : "silence counts again";
      case ClusterEvent.ForeignSeen(Member member) -> "foreign " + member.key();
    };
  }
}
