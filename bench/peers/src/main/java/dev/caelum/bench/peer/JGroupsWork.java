package dev.caelum.bench.peer;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.blocks.MethodCall;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.RpcDispatcher;

/** JGroups' RPC over its {@code udp.xml}: empty calls of another member. */
public final class JGroupsWork {
  private JGroupsWork() {}

  /** What is called. */
  public static final class Server {
    /** Does nothing. */
    public int nothing() {
      return 1;
    }
  }

  /** Joins; arguments: the own address, and how many calls to make; 0 only answers. */
  public static void main(String[] args) throws Exception {
    System.setProperty("jgroups.bind_addr", args[0]);
    JChannel channel = new JChannel("udp.xml").name(args[0]);
    RpcDispatcher dispatcher = new RpcDispatcher(channel, new Server());
    channel.connect("bench");
    int count = Integer.parseInt(args[1]);
    if (count > 0) {
      Address other = other(channel);
      MethodCall call = new MethodCall(Server.class.getMethod("nothing"));
      RequestOptions options = RequestOptions.SYNC();
      Trips.measure(() -> call(dispatcher, other, call, options), count);
    }
    Teller.untilTerminated(channel::close);
  }

  private static Address other(JChannel channel) {
    while (channel.getView().size() < 2) {
      LockSupport.parkNanos(10_000_000);
    }
    return channel.getView().getMembers().stream()
        .filter(member -> !member.equals(channel.getAddress()))
        .findFirst()
        .orElseThrow();
  }

  private static CompletionStage<Integer> call(
      RpcDispatcher dispatcher, Address other, MethodCall call, RequestOptions options)
      throws Exception {
    return dispatcher.callRemoteMethodWithFuture(other, call, options);
  }
}
