package dev.caelum.feed;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What a failed connection attempt is called: the one dictionary of log, page, REST and command
 * line. Clean for display: names and evidence come from the network.
 *
 * @param text what happened, with its evidence
 * @param hint the likely cause and what to do next
 */
public record FailureText(String text, String hint) {

  /**
   * What the sentences are about.
   *
   * @param name the machine's name; null when only its address is known
   * @param host a name or address as dialled
   * @param heard whether its beacon arrives, so that the machine itself is known to be up
   * @param evidence what was seen; empty when nothing beyond the code
   */
  public record Subject(
      @Nullable String name, String host, int port, boolean heard, String evidence, long millis) {

    /** {@code name (host)}, or {@code host} alone. */
    String who() {
      return named() ? DisplayText.name(String.valueOf(name)) + " (" + shownHost() + ")" : where();
    }

    /** The name, or {@code host:port}. */
    String shortName() {
      return named() ? DisplayText.name(String.valueOf(name)) : where();
    }

    String where() {
      String shown = shownHost();
      return shown.indexOf(':') >= 0 ? "[" + shown + "]:" + port : shown + ":" + port;
    }

    String shownHost() {
      return DisplayText.name(host);
    }

    /** The evidence in brackets, or nothing. */
    String because() {
      return evidence.isBlank() ? "" : " (" + DisplayText.line(evidence) + ")";
    }

    private boolean named() {
      return name != null && !name.isBlank() && !name.equals(host);
    }
  }

  /** The words for an attempt on {@code hostname}'s endpoint. */
  public static FailureText of(Failure failure, @Nullable String hostname, boolean heard) {
    Endpoint target = failure.target();
    return of(
        failure.code(),
        new Subject(
            hostname, target.host(), target.port(), heard, failure.evidence(), failure.millis()));
  }

  /** The words for {@code code}. */
  public static FailureText of(FailureCode code, Subject of) {
    return switch (code) {
      case REFUSED ->
          new FailureText(
              of.who() + " is up but nothing listens on TCP " + of.port() + ".",
              "Start Caelum there, or check which port it uses.");
      case TIMEOUT ->
          new FailureText(
              "No reply from " + of.where() + " in " + seconds(of.millis()) + ".",
              of.heard()
                  ? "Its beacon arrived over UDP, so the machine is up: a firewall there most"
                      + " likely blocks TCP "
                      + of.port()
                      + "."
                  : "The machine is off, the address is wrong, or a firewall blocks TCP "
                      + of.port()
                      + ".");
      case UNREACHABLE ->
          new FailureText(
              "This machine has no route to " + of.shownHost() + of.because() + ".",
              "It is on another network; a VPN may be down.");
      case NOT_CAELUM ->
          new FailureText(
              of.where() + " answered, but not as a Caelum node" + of.because() + ".",
              "Something else uses that port there; Caelum's usual one is 8080.");
      case NO_REGISTRATION ->
          new FailureText(
              of.where() + " took the link but did not register" + of.because() + ".",
              "The node there may be overloaded or very old; it is tried again.");
      case VERSION ->
          new FailureText(
              of.shortName() + " speaks another protocol version" + of.because() + ".",
              "Update this node or " + of.shortName() + ".");
      case AUTH ->
          new FailureText(
              of.shortName() + " rejected the cluster key" + of.because() + ".",
              "Both machines need the same key.");
      case CLOCK ->
          new FailureText(
              "The clock of " + of.shortName() + " is too far from ours" + of.because() + ".",
              "Let both machines set their clocks by NTP.");
      case DUPLICATE_ID ->
          new FailureText(
              "Two machines use one id; one of them is " + of.who() + of.because() + ".",
              "Was a disk image copied? Run ./caelum identity renew on the copy.");
      case SELF ->
          new FailureText(
              "That address is this machine.", "Name the address of the other machine.");
      case ALREADY ->
          new FailureText(
              "Already connected to " + of.who() + of.because() + ".", "There is nothing to do.");
      case NAME ->
          new FailureText(
              "The name " + of.shownHost() + " could not be resolved.",
              "Check its spelling, or use the machine's IP address.");
      case FOREIGN ->
          new FailureText(
              of.who() + " belongs to another cluster" + of.because() + ".",
              "Start both nodes with the same cluster name if they belong together.");
      case POLICY ->
          new FailureText(
              of.where() + " is not dialled" + of.because() + ".",
              "Beacons may name addresses of attached networks only; name others by --known.");
      case BUDGET ->
          new FailureText(
              "Too many new machines at once; " + of.where() + " waits.",
              "It is tried by itself within seconds.");
      case GAVE_UP ->
          new FailureText(
              "Stopped trying " + of.who() + of.because() + ".", "Connect by hand to try again.");
      case LOST ->
          new FailureText(
              "The connection to " + of.who() + " broke" + of.because() + ".",
              "It is dialled again by itself.");
      case DISCONNECTED ->
          new FailureText(
              of.who() + " was disconnected by hand" + of.because() + ".",
              "It is not dialled until you connect it again, or it dials this node.");
    };
  }

  private static String seconds(long millis) {
    return millis < 1_000 ? millis + " ms" : Math.round(millis / 1_000.0) + " s";
  }
}
