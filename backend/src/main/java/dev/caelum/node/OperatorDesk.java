package dev.caelum.node;

import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import dev.caelum.http.MachineNote;
import dev.caelum.http.OperatorPort;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what an operator wants of machines. */
final class OperatorDesk implements OperatorPort {
  /** Longer than people are told, for the click may be under way. */
  private static final long UNDO_NANOS = Duration.ofSeconds(UNDO_SECONDS + 5).toNanos();

  private static final int UNDO_LIMIT = 1_024;

  private record Forgotten(Member member, long at) {}

  private final MachineNotes notes;
  private final MachineMemory memory;
  private final MachineTest test;
  private final Consumer<Input> inputs;
  private final Map<String, Forgotten> forgotten =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Forgotten> eldest) {
          return size() > UNDO_LIMIT;
        }
      };

  OperatorDesk(MachineNotes notes, MachineMemory memory, MachineTest test, Consumer<Input> inputs) {
    this.notes = notes;
    this.memory = memory;
    this.test = test;
    this.inputs = inputs;
  }

  @Override
  public MachineNote note(NodeId id) {
    return notes.of(id);
  }

  @Override
  public boolean note(NodeId id, MachineNote note) throws IOException {
    boolean room = notes.put(id, note);
    if (room) {
      inputs.accept(new Input.Noted(System.nanoTime(), id));
    }
    return room;
  }

  @Override
  public void disconnect(Member member) {
    inputs.accept(new Input.Disconnect(System.nanoTime(), member.key()));
  }

  @Override
  public void forget(Member member) {
    synchronized (forgotten) {
      forgotten.put(member.key(), new Forgotten(member, System.nanoTime()));
    }
    inputs.accept(new Input.Forget(System.nanoTime(), member.key()));
  }

  @Override
  public boolean remember(String key) {
    Forgotten last = taken(key);
    if (last == null || System.nanoTime() - last.at() > UNDO_NANOS) {
      return false;
    }
    Member member = last.member();
    memory.keep(member);
    inputs.accept(
        new Input.Remembered(
            System.nanoTime(),
            member.id(),
            member.instance(),
            member.endpoint(),
            member.hostname(),
            member.clusterId(),
            member.clusterName()));
    return true;
  }

  private @Nullable Forgotten taken(String key) {
    synchronized (forgotten) {
      return forgotten.remove(key);
    }
  }

  @Override
  public List<Check> test(Member member) {
    return test.of(member);
  }
}
