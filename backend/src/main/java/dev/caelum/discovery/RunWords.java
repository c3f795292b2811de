package dev.caelum.discovery;

import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DiscoveryRun.Phase;
import dev.caelum.feed.NodeStatus.Note;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run says to people: where it stands, and how it ended. */
final class RunWords {
  private static final String CONTAINED =
      " This node seems to run in a container, and beacons do not cross the border of a container's"
          + " network: give it the host's (--network host), or name a machine with --known.";

  private static final int NAMES = 5;
  private static final int REASONS = 2;

  private RunWords() {}

  /** One sentence on where the run stands. */
  static String phaseLine(
      Phase phase, long elapsedMillis, int interfaces, int done, int attempts, boolean stopped) {
    return switch (phase) {
      case SENDING ->
          "Step 1 of 3 · "
              + (interfaces == 0
                  ? "No interface to ask on, trying known machines"
                  : "Asking on " + count(interfaces, "interface"));
      case LISTENING ->
          "Step 2 of 3 · Listening for answers, "
              + Math.max(1, (DiscoveryRunner.LISTENING.toMillis() - elapsedMillis + 999) / 1_000)
              + " s left";
      case CONNECTING ->
          "Step 3 of 3 · Connecting, " + done + " of " + count(attempts, "attempt") + " ended";
      case FINISHED -> stopped ? "Stopped" : "Done";
    };
  }

  /** The words for a run that was stopped. */
  static String stopped(long elapsedMillis, int answered) {
    return "Stopped by you after "
        + seconds(elapsedMillis)
        + ". "
        + count(answered, "machine")
        + " had answered.";
  }

  /** The words for a run that went to its end. */
  static String done(
      long elapsedMillis,
      int answered,
      Collection<String> fresh,
      int foreign,
      List<Attempt> attempts,
      Surroundings around) {
    if (around.interfacesUsed() == 0) {
      return Note.NO_INTERFACE.text();
    }
    StringBuilder out = new StringBuilder();
    if (answered == 0) {
      out.append(nobody(around));
    } else {
      out.append("Done in ").append(seconds(elapsedMillis)).append(": ");
      out.append(count(answered, "machine")).append(" answered");
      if (!fresh.isEmpty()) {
        out.append(", ").append(fresh.size()).append(" new (");
        out.append(String.join(", ", fresh.stream().limit(NAMES).toList()));
        out.append(fresh.size() > NAMES ? ", ...)" : ")");
      }
      out.append(", ").append(around.connected()).append(" connected.");
    }
    reasons(attempts).forEach(reason -> out.append(' ').append(reason));
    if (foreign > 0) {
      out.append(' ').append(count(foreign, "machine"));
      out.append(foreign == 1 ? " belongs" : " belong").append(" to another cluster.");
    }
    return out.toString();
  }

  /** Why the first few machines are missing; who is linked after all is not. */
  private static List<String> reasons(List<Attempt> attempts) {
    Set<String> linked = new HashSet<>();
    for (Attempt attempt : attempts) {
      String key = attempt.key();
      if (attempt.connected() && key != null) {
        linked.add(key);
      }
    }
    return attempts.stream()
        .filter(attempt -> !attempt.pending() && !attempt.connected())
        .filter(attempt -> attempt.key() != null || attempt.method().equals(KnownMachines.NAME))
        .filter(attempt -> attempt.key() == null || !linked.contains(attempt.key()))
        .map(attempt -> String.valueOf(attempt.text()))
        .limit(REASONS)
        .toList();
  }

  private static String nobody(Surroundings around) {
    if (!around.echoSeen()) {
      return "No answer, and our own announcements did not come back either. A firewall on this"
          + " machine probably blocks UDP 8181, or the network drops multicast.";
    }
    if (around.connected() > 0) {
      return "No machine answered by UDP, though "
          + count(around.connected(), "machine")
          + (around.connected() == 1 ? " is" : " are")
          + " connected; a firewall or switch may drop beacons in between.";
    }
    String nobody =
        "No other machine answered. Our own announcements came back, so multicast works here."
            + " Most likely no other Caelum node is running in "
            + String.join(", ", around.subnets())
            + ", or it is on another subnet.";
    return around.contained() ? nobody + CONTAINED : nobody;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
