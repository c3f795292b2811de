package dev.caelum.http;

import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator may do with one machine. Every method but {@link #test} is quick. */
public interface OperatorPort {
  /** How long a machine that was forgotten can be remembered again. */
  int UNDO_SECONDS = 10;

  /** What was said of the machines of that id. */
  MachineNote note(NodeId id);

  /**
   * Says that of the machines of that id, on disk before it returns; they are told of again.
   *
   * @return whether there was room
   * @throws IOException with a sentence for people; nothing is changed then
   */
  boolean note(NodeId id, MachineNote note) throws IOException;

  /** Ends the link and every plan for one. */
  void disconnect(Member member);

  /** Takes the row of a machine that is gone out of the table. */
  void forget(Member member);

  /** Undoes {@link #forget}; false when that is too long ago. */
  boolean remember(String key);

  /** Tries the way to a machine; takes a few seconds at most. */
  List<Check> test(Member member);

  /**
   * One thing that was tried.
   *
   * @param check {@code connect}, {@code answer}, {@code link} or {@code probes}
   * @param code why it failed; null when it did not
   * @param ms how long it took; null when nothing was measured
   * @param text what was seen, for people
   */
  record Check(
      String check,
      boolean ok,
      @Nullable FailureCode code,
      @Nullable Double ms,
      String text,
      @Nullable String hint) {}
}
