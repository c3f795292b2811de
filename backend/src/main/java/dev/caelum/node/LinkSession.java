package dev.caelum.node;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Self;
import dev.caelum.link.PeerLink;
import dev.caelum.rate.TokenBucket;
import dev.caelum.task.WorkMessage;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.Frame;
import dev.caelum.wire.FrameCodec;
import dev.caelum.wire.MachineChange;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.RegistrationCodec;
import dev.caelum.wire.Timestamp;
import dev.caelum.wire.WorkParts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One link with what the two ends have said so far: whom it leads to, and in which form. */
final class LinkSession {
  /** Messages of one peer: 50 a second, 200 at once. */
  private static final double MESSAGES_PER_SECOND = 50;

  private static final double MESSAGE_BURST = 200;

  /** And 256 KiB a second, with room for one message of the largest size at once. */
  private static final double CHARACTERS_PER_SECOND = 256 * 1_024;

  private static final double CHARACTER_BURST = 1 << 20;

  /** Frames about membership have their own: a thousand nodes that start at once are many news. */
  private static final double NEWS_PER_SECOND = 500;

  private static final double NEWS_BURST = 2_000;
  private static final double NEWS_CHARACTERS_PER_SECOND = 1 << 20;
  private static final double NEWS_CHARACTER_BURST = 4 << 20;

  /** And frames about tasks: thousands of tasks a second, many in a frame. */
  private static final double WORK_PER_SECOND = 2_000;

  private static final double WORK_BURST = 4_000;
  private static final double WORK_CHARACTERS_PER_SECOND = 16 << 20;
  private static final double WORK_CHARACTER_BURST = 32 << 20;

  /** What this node sends stays below what the peer allows, so that nothing is refused there. */
  private static final double OWN_SHARE = 0.75;

  private static final int QUESTIONS = 64;
  private static final long SECOND = 1_000_000_000;

  private final PeerLink link;
  private final String selfId;
  private final Map<String, Question> questions = new LinkedHashMap<>();
  private final TokenBucket messages =
      new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, System.nanoTime());
  private final TokenBucket characters =
      new TokenBucket(CHARACTERS_PER_SECOND, CHARACTER_BURST, System.nanoTime());
  private final TokenBucket news = new TokenBucket(NEWS_PER_SECOND, NEWS_BURST, System.nanoTime());
  private final TokenBucket newsCharacters =
      new TokenBucket(NEWS_CHARACTERS_PER_SECOND, NEWS_CHARACTER_BURST, System.nanoTime());
  private final TokenBucket work = new TokenBucket(WORK_PER_SECOND, WORK_BURST, System.nanoTime());
  private final TokenBucket workCharacters =
      new TokenBucket(WORK_CHARACTERS_PER_SECOND, WORK_CHARACTER_BURST, System.nanoTime());
  private final TokenBucket ownWork =
      new TokenBucket(WORK_PER_SECOND * OWN_SHARE, WORK_BURST * OWN_SHARE, System.nanoTime());
  private final TokenBucket ownCharacters =
      new TokenBucket(
          WORK_CHARACTERS_PER_SECOND * OWN_SHARE,
          WORK_CHARACTER_BURST * OWN_SHARE,
          System.nanoTime());
  private final Numbers numbers = new Numbers();
  private final Numbers newsNumbers = new Numbers();
  private final Numbers workNumbers = new Numbers();
  private long provedLifeAt = System.nanoTime() - SECOND;
  private final Heartbeats heartbeats = new Heartbeats();
  private final LineParts lines = new LineParts();
  private @Nullable String peerId;
  private @Nullable InstanceId peer;

  /** A message that an old node should answer. */
  record Question(MessageType type, long askedAt) {}

  /** The numbers of frames in both directions; frames that overtake others have their own. */
  private static final class Numbers {
    long next = 1;
    long last;
  }

  LinkSession(PeerLink link, String selfId) {
    this.link = link;
    this.selfId = selfId;
  }

  PeerLink link() {
    return link;
  }

  /** The peer's id as it registered; null before. */
  synchronized @Nullable String peerId() {
    return peerId;
  }

  /** Whether both ends speak our own frames. */
  synchronized boolean own() {
    return peer != null;
  }

  /** The peer registered; with an instance the link goes on in our own frames. */
  synchronized void registered(String id, @Nullable InstanceId instance) {
    peerId = id;
    peer = instance;
  }

  /** Whether the peer's next message is within its rates. */
  synchronized boolean allows(long now, String text) {
    if (own() && FrameCodec.work(text)) {
      return work.take(now) && workCharacters.take(now, text.length());
    }
    boolean aboutMembers = own() && FrameCodec.membership(text);
    return aboutMembers
        ? news.take(now) && newsCharacters.take(now, text.length())
        : messages.take(now) && characters.take(now, text.length());
  }

  /** Whether a frame that comes often is to be told of as a sign of life: once a second. */
  synchronized boolean provesLife(long now) {
    if (now - provedLifeAt < SECOND) {
      return false;
    }
    provedLifeAt = now;
    return true;
  }

  /**
   * Whether the number comes after all numbers of the peer so far, frames about membership, those
   * about tasks and others each for themselves. A gap is in order: what stood there was refused
   * before its number was read.
   */
  synchronized boolean inOrder(NumberedFrame frame) {
    Numbers of = numbers(frame.frame());
    if (frame.number() <= of.last) {
      return false;
    }
    of.last = frame.number();
    return true;
  }

  private Numbers numbers(Frame frame) {
    if (frame.work()) {
      return workNumbers;
    }
    return frame.membership() ? newsNumbers : numbers;
  }

  /** Sends one of our own frames; false when it will not be sent. */
  synchronized boolean send(Frame frame, @Nullable Long reply) {
    Numbers of = numbers(frame);
    String text = FrameCodec.encode(new NumberedFrame(of.next, reply, frame));
    boolean taken = frame.membership() ? link.sendUrgent(text) : link.send(text);
    of.next += taken ? 1 : 0;
    return taken;
  }

  /**
   * Sends a message about tasks, in as many frames as it needs.
   *
   * @return false when not all of it is on its way: the lane is full, or the peer would refuse more
   *     at this rate; sending it again later does no harm
   */
  synchronized boolean send(WorkMessage message) {
    for (Frame.Work part : WorkParts.of(message)) {
      if (!sendWork(part)) {
        return false;
      }
    }
    return true;
  }

  /** Sends a frame after all others; false when there is no room for it now. */
  synchronized boolean sendWork(Frame frame) {
    String text = FrameCodec.encode(new NumberedFrame(workNumbers.next, null, frame));
    long now = System.nanoTime();
    if (!ownWork.take(now) || !ownCharacters.take(now, text.length()) || !link.sendWork(text)) {
      return false;
    }
    workNumbers.next++;
    return true;
  }

  /** Tells the peer, a node of ours, what this machine is now. */
  synchronized boolean heartbeat(MachineInfo info) {
    return send(heartbeats.next(info, System.nanoTime()), null);
  }

  /** Registers this node; goes before the frames about members, which are refused without it. */
  synchronized boolean register(
      MessageType type, Self self, long incarnation, @Nullable String inReplyTo) {
    heartbeats.told(self.info(), System.nanoTime());
    Map<String, @Nullable Object> payload = RegistrationCodec.encode(self, incarnation);
    String id = UUID.randomUUID().toString();
    return link.sendUrgent(text(id, type, payload, inReplyTo));
  }

  /** The peer told what its machine is. */
  synchronized void heard(MachineInfo info) {
    heartbeats.heard(info);
  }

  /** The peer's machine after a change; null when it was never told in full. */
  synchronized @Nullable MachineInfo after(MachineChange change) {
    return heartbeats.after(change);
  }

  /** Takes lines of the peer's table; null until they are whole. */
  synchronized LineParts.@Nullable Whole take(Frame.Lines frame) {
    return lines.take(frame);
  }

  /** Sends an envelope; a question is remembered until it is answered or too old. */
  boolean send(
      MessageType type, Map<String, @Nullable Object> payload, @Nullable String correlation) {
    return send(UUID.randomUUID().toString(), type, payload, correlation);
  }

  synchronized boolean send(
      String id,
      MessageType type,
      Map<String, @Nullable Object> payload,
      @Nullable String correlation) {
    boolean asks =
        switch (type) {
          case MACHINE_DISCOVER, SERVICE_QUERY, RESOURCE_REQUEST, PING -> true;
          case MACHINE_REGISTER,
              MACHINE_HEARTBEAT,
              MACHINE_UPDATE,
              TASK_DISTRIBUTE,
              TASK_ASSIGN,
              TASK_PROGRESS,
              TASK_COMPLETE,
              TASK_FAILED,
              RESOURCE_AVAILABLE,
              RESOURCE_RESERVED,
              RESOURCE_RELEASED,
              SERVICE_ANNOUNCE,
              SERVICE_RESPONSE,
              STATUS_BROADCAST,
              PONG,
              ERROR ->
              false;
        };
    if (asks && questions.size() < QUESTIONS) {
      questions.put(id, new Question(type, System.nanoTime()));
    }
    return link.send(text(id, type, payload, correlation));
  }

  private String text(
      String id,
      MessageType type,
      Map<String, @Nullable Object> payload,
      @Nullable String correlation) {
    List<String> targets = peerId == null ? null : List.of(peerId);
    Envelope envelope =
        new Envelope(id, type, selfId, targets, Timestamp.now(), payload, correlation);
    return FrameCodec.encode(new NumberedFrame(0, null, new Frame.Legacy(envelope)));
  }

  /** The message that {@code correlation} answers; null when it answers none of ours. */
  synchronized @Nullable Question answered(@Nullable String correlation) {
    return correlation == null ? null : questions.remove(correlation);
  }

  /** Removes and returns the questions that nobody answered within {@code nanos}. */
  synchronized List<Question> unanswered(long now, long nanos) {
    List<Question> late =
        questions.values().stream().filter(each -> now - each.askedAt() > nanos).toList();
    questions.values().removeAll(late);
    return late;
  }
}
