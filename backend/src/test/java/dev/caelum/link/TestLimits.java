package dev.caelum.link;

import java.time.Duration;
import java.util.function.Consumer;

/** The limits of a node with some of them changed. */
final class TestLimits {
  int messageBytes = LinkLimits.DEFAULT.messageBytes();
  int fragments = LinkLimits.DEFAULT.fragments();
  Duration writeDeadline = LinkLimits.DEFAULT.writeDeadline();
  Duration closeGrace = LinkLimits.DEFAULT.closeGrace();
  Duration firstRequest = LinkLimits.DEFAULT.firstRequest();
  int openConnections = LinkLimits.DEFAULT.openConnections();

  private TestLimits() {}

  static LinkLimits with(Consumer<TestLimits> changes) {
    TestLimits changed = new TestLimits();
    changes.accept(changed);
    LinkLimits rest = LinkLimits.DEFAULT;
    return new LinkLimits(
        changed.messageBytes,
        changed.fragments,
        rest.outboxMessages(),
        rest.outboxBytes(),
        rest.urgentMessages(),
        rest.urgentBytes(),
        rest.workMessages(),
        rest.workBytes(),
        changed.writeDeadline,
        changed.closeGrace,
        changed.firstRequest,
        changed.openConnections,
        rest.openPerSource(),
        rest.silentPerSource(),
        rest.openLinks(),
        rest.linksPerSource(),
        rest.handshakeBurst(),
        rest.handshakesPerMinute());
  }
}
