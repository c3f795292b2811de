package dev.caelum.bench.peer;

import org.jgroups.JChannel;
import org.jgroups.Receiver;
import org.jgroups.View;

/**
 * JGroups with the stack that it ships for a LAN, {@code udp.xml}: multicast discovery, a failure
 * detector over sockets and one over heartbeats.
 */
public final class JGroupsPeer {
  private JGroupsPeer() {}

  /** Joins by multicast; argument: the own address. */
  public static void main(String[] args) throws Exception {
    String self = args[0];
    System.setProperty("jgroups.bind_addr", self);
    JChannel channel = new JChannel("udp.xml").name(self);
    channel.setReceiver(
        new Receiver() {
          @Override
          public void viewAccepted(View view) {
            Teller.view(view.getMembers().stream().map(Object::toString).toList());
          }
        });
    Teller.joining();
    channel.connect("bench");
    Teller.untilTerminated(channel::close);
  }
}
