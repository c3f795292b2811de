package dev.caelum.node;

import dev.caelum.wire.Envelope;

/** Answers what old nodes say about tasks and resources. */
interface OldMessages {
  /** A registered old node said something of it; does not block. */
  void heard(LinkSession session, Envelope envelope);

  /** The link is gone. */
  void closed(long link);
}
