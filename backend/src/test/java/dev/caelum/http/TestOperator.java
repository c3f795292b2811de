package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An operator's port that writes down what is asked and keeps notes in memory. */
final class TestOperator implements OperatorPort {
  final Map<NodeId, MachineNote> notes = new ConcurrentHashMap<>();
  volatile boolean room = true;
  volatile boolean full;
  volatile boolean lately = true;
  volatile List<Check> checks = List.of(new Check("connect", true, null, 1.5, "It works.", null));
  private final List<String> asked;

  TestOperator(List<String> asked) {
    this.asked = asked;
  }

  @Override
  public MachineNote note(NodeId id) {
    return notes.getOrDefault(id, MachineNote.NONE);
  }

  @Override
  public boolean note(NodeId id, MachineNote note) throws IOException {
    if (full) {
      throw new IOException("no space left");
    }
    if (room) {
      notes.put(id, note);
    }
    return room;
  }

  @Override
  public void disconnect(Member member) {
    asked.add("disconnect " + member.key());
  }

  @Override
  public void forget(Member member) {
    asked.add("forget " + member.key());
  }

  @Override
  public boolean remember(String key) {
    asked.add("remember " + key);
    return lately;
  }

  @Override
  public List<Check> test(Member member) {
    asked.add("test " + member.key());
    return checks;
  }
}
