package dev.caelum.cluster.sim;

import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import java.util.List;
import java.util.stream.Collectors;

/** One short line a message, for a newcomer to read. */
final class Tape {
  private Tape() {}

  static String of(ProbeMessage message) {
    String what =
        switch (message) {
          case ProbeMessage.Probe probe -> "probe: are you there?";
          case ProbeMessage.Relay relay -> "relay: is " + relay.target() + " there?";
          case ProbeMessage.Ack ack ->
              "ack: " + ack.about() + " is, incarnation " + ack.incarnation();
          case ProbeMessage.Nack nack -> "nack: heard nothing of it yet";
        };
    return what + (message.rumors().isEmpty() ? "" : "; by the way: " + of(message.rumors()));
  }

  /** Empty for what happens all the time. */
  static String of(Message message) {
    return switch (message) {
      case Message.Register register -> "register: I am " + register.who().instance();
      case Message.Welcome welcome -> "welcome: and I am " + welcome.who().instance();
      case Message.Rumors rumors -> "rumors: " + of(rumors.rumors());
      case Message.Digest digest -> "digest of my table";
      case Message.Lines lines ->
          "lines: " + of(lines.lines()) + (lines.reply() ? "; what do you have there?" : "");
      case Message.Goodbye goodbye -> "goodbye";
      case Message.End end -> "close " + end.code() + " " + end.reason();
      case Message.Ask ask -> "whom do you know?";
      case Message.Machines machines -> "I know " + machines.endpoints();
      case Message.Ping ping -> "ping";
      case Message.Pong pong -> "pong";
      case Message.Heartbeat heartbeat -> "";
    };
  }

  private static String of(List<Rumor> rumors) {
    return rumors.stream()
        .map(rumor ->
            rumor.instance()
                + " is "
                + rumor.claim()
                + " "
                + rumor.incarnation()
                + (rumor.author().equals(rumor.instance()) ? "" : ", says " + rumor.author()))
        .sorted()
        .collect(Collectors.joining("; "));
  }
}
