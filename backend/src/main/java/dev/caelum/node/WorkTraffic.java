package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.task.WorkMessage;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages about tasks from a coordinator to a worker and back: between machines on their
 * link, within this node directly. A machine is named by its key in the table; the node itself by
 * its own key.
 */
final class WorkTraffic {
  private final LongFunction<@Nullable LinkSession> sessions;
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final Map<Long, Peer> byLink = new ConcurrentHashMap<>();
  private final Map<String, Predicate<WorkMessage>> others = new ConcurrentHashMap<>();
  private volatile @Nullable Ends ends;

  /** One of the two that talk. Its methods are called by any thread and must not block. */
  interface End {
    /**
     * Somebody said something.
     *
     * @param source the address that the link leads to; null for this node itself
     */
    void heard(String machine, @Nullable InetAddress source, WorkMessage message);

    /** A link to a machine stands, or stands anew. */
    void connected(String machine, @Nullable InetAddress source);

    /** The link to a machine is gone. */
    void gone(String machine);
  }

  private record Ends(String self, End worker, End coordinator) {}

  private record Peer(String key, long link, InetAddress source) {}

  /**
   * @param sessions the session of a link; null when the link is gone
   */
  WorkTraffic(LongFunction<@Nullable LinkSession> sessions) {
    this.sessions = sessions;
  }

  /** Begins with these two, who are connected with each other at once. */
  synchronized void start(String self, End worker, End coordinator) {
    ends = new Ends(self, worker, coordinator);
    worker.connected(self, null);
    coordinator.connected(self, null);
    for (Peer peer : peers.values()) {
      worker.connected(peer.key(), peer.source());
      coordinator.connected(peer.key(), peer.source());
    }
  }

  /** Says something to a machine; false when it will not arrive, or not all of it. */
  boolean send(String machine, WorkMessage message) {
    Ends now = ends;
    if (now != null && machine.equals(now.self())) {
      end(now, message).heard(machine, null, message);
      return true;
    }
    Predicate<WorkMessage> other = others.get(machine);
    if (other != null) {
      return other.test(message);
    }
    Peer peer = peers.get(machine);
    LinkSession session = peer == null ? null : sessions.apply(peer.link());
    return session != null && session.send(message);
  }

  /** What is said to {@code machine}, which is no node of ours, goes to whoever speaks for it. */
  void listen(String machine, Predicate<WorkMessage> speaker) {
    others.put(machine, speaker);
  }

  /** Nobody speaks for it any more. */
  void ignore(String machine) {
    others.remove(machine);
  }

  /** A worker that is no node of ours says something to this node's coordinator. */
  void say(String machine, WorkMessage message) {
    Ends now = ends;
    if (now != null) {
      now.coordinator().heard(machine, null, message);
    }
  }

  /** A worker that is no node of ours is out of reach. */
  void lost(String machine) {
    Ends now = ends;
    if (now != null) {
      now.coordinator().gone(machine);
    }
  }

  /** A frame arrived; false when the link does not lead to a member yet, or no longer. */
  boolean heard(long link, WorkMessage message) {
    Peer peer = byLink.get(link);
    Ends now = ends;
    if (peer == null || now == null) {
      return false;
    }
    end(now, message).heard(peer.key(), peer.source(), message);
    return true;
  }

  /** Whom a message is for. */
  private static End end(Ends ends, WorkMessage message) {
    return switch (message) {
      case WorkMessage.Offer _,
          WorkMessage.Renew _,
          WorkMessage.Progress _,
          WorkMessage.Results _ ->
          ends.coordinator();
      case WorkMessage.Assign _, WorkMessage.Taken _, WorkMessage.Stop _, WorkMessage.Query _ ->
          ends.worker();
    };
  }

  /** Follows the table; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, var _)) {
      Member.Link link = member.legacy() || member.self() ? null : member.link();
      follow(member.key(), link == null ? null : link.number());
    } else if (event instanceof ClusterEvent.MemberRemoved(String key)) {
      follow(key, null);
    }
  }

  private synchronized void follow(String key, @Nullable Long link) {
    Peer before = peers.get(key);
    if (before == null ? link == null : link != null && before.link() == link) {
      return;
    }
    Ends now = ends;
    if (before != null) {
      peers.remove(key);
      byLink.remove(before.link());
      if (now != null) {
        now.worker().gone(key);
        now.coordinator().gone(key);
      }
    }
    LinkSession session = link == null ? null : sessions.apply(link);
    if (link != null && session != null) {
      Peer peer = new Peer(key, link, session.link().remote().getAddress());
      peers.put(key, peer);
      byLink.put(link, peer);
      if (now != null) {
        now.worker().connected(key, peer.source());
        now.coordinator().connected(key, peer.source());
      }
    }
  }
}
