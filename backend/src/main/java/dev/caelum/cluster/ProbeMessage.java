package dev.caelum.cluster;

import java.util.List;

/**
 * One datagram of the failure detector (SWIM: Das, Gupta, Motivala 2002; nacks from Lifeguard:
 * Dadgar, Phillips, Currey 2018). Each carries a few rumors by the way.
 */
public sealed interface ProbeMessage {
  /** How many rumors one datagram carries at most. */
  int RUMORS = 6;

  /** Random, 1 to 2^53-1; an answer repeats it, which proves that it is one. */
  long number();

  /** News that rides along. */
  List<Rumor> rumors();

  /**
   * Are you there? Answered by {@link Ack} to the datagram's source.
   *
   * @param from who asks
   * @param cookie of the node that is asked
   */
  record Probe(long number, InstanceId from, long cookie, List<Rumor> rumors)
      implements ProbeMessage {
    public Probe {
      rumors = List.copyOf(rumors);
    }
  }

  /**
   * Is {@code target} there? The hearer probes it and answers by {@link Ack} or {@link Nack}.
   *
   * @param cookie of the node that is asked to relay
   */
  record Relay(long number, InstanceId from, long cookie, InstanceId target, List<Rumor> rumors)
      implements ProbeMessage {
    public Relay {
      rumors = List.copyOf(rumors);
    }
  }

  /**
   * The probed node is there.
   *
   * @param about who was probed; another than the sender when it relays
   * @param incarnation of {@code about}
   */
  record Ack(long number, InstanceId about, long incarnation, List<Rumor> rumors)
      implements ProbeMessage {
    public Ack {
      rumors = List.copyOf(rumors);
    }
  }

  /** The relay is there and heard nothing of the target yet. */
  record Nack(long number) implements ProbeMessage {
    @Override
    public List<Rumor> rumors() {
      return List.of();
    }
  }
}
