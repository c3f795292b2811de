package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.LanServices;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ready services of all machines that are heard. */
final class LanPlaces implements LanServices {
  private static final double UNKNOWN_LOAD = 100;

  private final NodePort node;
  private final ServicePort services;

  LanPlaces(NodePort node, ServicePort services) {
    this.node = node;
    this.services = services;
  }

  @Override
  public List<Place> ready() {
    List<Place> ready = new ArrayList<>();
    for (Member member : node.snapshot().members()) {
      if (member.self() || member.connected()) {
        for (Service service : services.of(member).orElse(List.of())) {
          if (service.ready()) {
            ready.add(new Place(member.key(), member.hostname(), service, load(member)));
          }
        }
      }
    }
    return ready;
  }

  private static double load(Member member) {
    Double percent = member.info() == null ? null : member.info().resources().cpuUsagePercent();
    return percent == null ? UNKNOWN_LOAD : percent;
  }

  @Override
  public ServiceWatch.Call call(
      String key,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed {
    for (Member member : node.snapshot().members()) {
      if (member.key().equals(key)) {
        return services.call(member, port, tool, arguments, deadline, progress);
      }
    }
    throw new CallFailed(CallFailed.NOT_READY, "the machine is not known any more");
  }
}
