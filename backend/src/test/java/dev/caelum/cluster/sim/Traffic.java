package dev.caelum.cluster.sim;

import dev.caelum.cluster.ProbeMessage;

/** Hears all that nodes send, to weigh it. */
interface Traffic {
  /** Weighs nothing. */
  Traffic NONE =
      new Traffic() {
        @Override
        public void beacon(Host from, Datagram datagram) {}

        @Override
        public void answer(Host from, Host to, Datagram datagram) {}

        @Override
        public void probe(Host from, Host to, ProbeMessage message) {}

        @Override
        public void frame(Host from, Host to, Message message, boolean dialled) {}
      };

  /** A beacon to all. */
  void beacon(Host from, Datagram datagram);

  /** A beacon to one who asked. */
  void answer(Host from, Host to, Datagram datagram);

  /** A datagram of the failure detector. */
  void probe(Host from, Host to, ProbeMessage message);

  /**
   * A frame on a link.
   *
   * @param dialled whether the sender dialled the link
   */
  void frame(Host from, Host to, Message message, boolean dialled);
}
