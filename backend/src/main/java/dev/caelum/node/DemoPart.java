package dev.caelum.node;

import dev.caelum.config.NodeConfig;
import dev.caelum.demo.Demo;
import dev.caelum.feed.NodeStatus;
import java.util.Optional;
import java.util.stream.Stream;

/** The simulated machines of {@code --demo}; none by default. */
final class DemoPart implements AutoCloseable {
  /** The same machines in every demo. */
  private static final long SEED = 1;

  private final Optional<Demo> demo;
  private final int machines;

  DemoPart(NodeConfig config, OwnMachine own) {
    this.machines = config.demo();
    this.demo =
        machines > 0
            ? Optional.of(new Demo(own.port(), config.beaconPort(), machines, own.version(), SEED))
            : Optional.empty();
  }

  boolean on() {
    return demo.isPresent();
  }

  void start() {
    demo.ifPresent(Demo::start);
  }

  /** The simulated machines answer discovery {@code run}, as others do when they hear a beacon. */
  void asked(long run) {
    demo.ifPresent(played -> played.asked(run));
  }

  Stream<NodeStatus.Note> notes() {
    return demo.stream().map(_ -> NodeStatus.Note.demo(machines));
  }

  @Override
  public void close() {
    demo.ifPresent(Demo::close);
  }
}
