package dev.caelum.bench.peer;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** Hazelcast's executor with its defaults: empty tasks for another member. */
public final class HazelcastWork {
  private HazelcastWork() {}

  private static final class Nothing implements Callable<Integer>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Integer call() {
      return 1;
    }
  }

  /** Joins; arguments: the own address, and how many calls to make; 0 only answers. */
  public static void main(String[] args) throws Exception {
    System.setProperty("hazelcast.logging.type", "jdk");
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(true);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(args[0]);
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
    int count = Integer.parseInt(args[1]);
    if (count > 0) {
      IExecutorService executor = instance.getExecutorService("bench");
      Member other = other(instance);
      Trips.measure(() -> call(executor, other), count);
    }
    Teller.untilTerminated(instance::shutdown);
  }

  private static Member other(HazelcastInstance instance) {
    while (true) {
      Optional<Member> other =
          instance.getCluster().getMembers().stream()
              .filter(member -> !member.localMember())
              .findFirst();
      if (other.isPresent()) {
        return other.get();
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static CompletionStage<Integer> call(IExecutorService executor, Member other) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    executor.submitToMember(
        new Nothing(),
        other,
        new ExecutionCallback<Integer>() {
          @Override
          public void onResponse(Integer response) {
            answer.complete(response);
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }
}
