package dev.caelum.node;

import dev.caelum.feed.NodeStatus.Note;
import dev.caelum.link.LinkLimits;
import dev.caelum.link.Links;
import java.util.stream.Stream;

/** What people must know when the cluster port cannot take every caller. */
final class ConnectionNotes {
  static final String FULL = "connections_full";
  static final String NO_DESCRIPTORS = "no_descriptors";
  private static final String MORE =
      " More are possible with a higher limit of open files: ulimit -n, or LimitNOFILE= of the"
          + " service.";

  private ConnectionNotes() {}

  static Stream<Note> of(Links links, ClusterPort port) {
    if (port.exhausted()) {
      return Stream.of(
          new Note(
              NO_DESCRIPTORS, "This process has as many files and sockets open as it may." + MORE));
    }
    if (!links.full()) {
      return Stream.empty();
    }
    int most = links.limits().openConnections();
    return Stream.of(
        new Note(
            FULL,
            "This node has "
                + most
                + " connections, as many as it takes; further callers are refused until some end."
                + (most < LinkLimits.DEFAULT.openConnections() ? MORE : "")));
  }
}
