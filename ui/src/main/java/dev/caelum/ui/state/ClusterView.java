package dev.caelum.ui.state;

import dev.caelum.ui.client.Discovery;
import dev.caelum.ui.client.InboxItem;
import dev.caelum.ui.client.Lately;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.client.PortMap;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.Work;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a page shows, at one moment.
 *
 * @param revision grows with each change
 * @param lostSince {@link dev.caelum.ui.client.Monotonic} moment since when the node does not
 *     answer; null while it does
 * @param node null until the node answered once
 * @param log the newest lines, oldest first
 * @param tasks null until they were read once
 * @param services of all machines; null until they were read once
 * @param ports null until they were read once
 * @param inbox what people should hear of, newest first
 * @param lately the last minutes; null until they were read once
 * @param work what is reserved and analysed; null until a page asked for it
 */
public record ClusterView(
    long revision,
    @Nullable Long lostSince,
    @Nullable NodeInfo node,
    Machines machines,
    Discovery discovery,
    List<LogLine> log,
    @Nullable TaskList tasks,
    @Nullable List<Service> services,
    @Nullable PortMap ports,
    List<InboxItem> inbox,
    @Nullable Lately lately,
    @Nullable Work work) {

  /** Machines that belong to this cluster or may: all but the foreign ones. */
  public List<Machine> own() {
    return machines.own();
  }

  /** Of {@link #own} those that nobody wanted ignored: they are counted. */
  public List<Machine> counted() {
    return machines.counted();
  }

  /** The row of the node itself. */
  public Optional<Machine> self() {
    return machines.stream().filter(Machine::self).findFirst();
  }

  /** Whether the node answered at least once. */
  public boolean known() {
    return node != null;
  }
}
