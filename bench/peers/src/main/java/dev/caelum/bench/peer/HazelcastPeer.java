package dev.caelum.bench.peer;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/** Hazelcast with its defaults and the multicast join that it has for a LAN. */
public final class HazelcastPeer {
  private HazelcastPeer() {}

  private static final class Changes implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      tell(event.getCluster());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      tell(event.getCluster());
    }
  }

  private static void tell(Cluster cluster) {
    Teller.view(
        cluster.getMembers().stream().map(member -> member.getAddress().getHost()).toList());
  }

  /** Joins by multicast; argument: the own address. */
  public static void main(String[] args) throws InterruptedException {
    String self = args[0];
    System.setProperty("hazelcast.logging.type", "jdk");
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    // Leaving is done below, as the manual advises for a planned end.
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(true);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(self);
    config.addListenerConfig(new ListenerConfig(new Changes()));
    Teller.joining();
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
    tell(instance.getCluster());
    Teller.untilTerminated(instance::shutdown);
  }
}
