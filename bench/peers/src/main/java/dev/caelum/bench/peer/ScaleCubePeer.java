package dev.caelum.bench.peer;

import io.scalecube.cluster.Cluster;
import io.scalecube.cluster.ClusterConfig;
import io.scalecube.cluster.ClusterImpl;
import io.scalecube.cluster.ClusterMessageHandler;
import io.scalecube.cluster.membership.MembershipEvent;
import io.scalecube.transport.netty.tcp.TcpTransportFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** ScaleCube Cluster with its LAN preset over TCP, which is SWIM with gossip. */
public final class ScaleCubePeer {
  private static final int PORT = 4_801;

  private ScaleCubePeer() {}

  /** Joins by seeds; arguments: the own address, then those of the others. */
  public static void main(String[] args) throws InterruptedException {
    String self = args[0];
    List<String> seeds = Arrays.stream(args).skip(1).map(address -> address + ":" + PORT).toList();
    Set<String> members = new TreeSet<>(List.of(self));
    ClusterConfig config =
        ClusterConfig.defaultLanConfig()
            .externalHost(self)
            .membership(membership -> membership.seedMembers(seeds))
            .transport(transport -> transport.port(PORT))
            .transport(transport -> transport.transportFactory(new TcpTransportFactory()));
    Teller.joining();
    Cluster cluster =
        new ClusterImpl(config)
            .handler(_ ->
                new ClusterMessageHandler() {
                  @Override
                  public void onMembershipEvent(MembershipEvent event) {
                    change(members, event);
                  }
                })
            .startAwait();
    Teller.untilTerminated(() -> {
      cluster.shutdown();
      cluster.onShutdown().block(Duration.ofSeconds(5));
    });
  }

  private static synchronized void change(Set<String> members, MembershipEvent event) {
    String endpoint = event.member().address();
    String address = endpoint.substring(0, endpoint.lastIndexOf(':'));
    if (event.isAdded()) {
      members.add(address);
    } else if (event.isRemoved() || event.isLeaving()) {
      members.remove(address);
    }
    Teller.view(members);
  }
}
