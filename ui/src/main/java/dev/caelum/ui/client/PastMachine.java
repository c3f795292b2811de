package dev.caelum.ui.client;

/** A machine of which the node recorded something. */
public record PastMachine(String id, String hostname) {
  static PastMachine read(Fields f) {
    return new PastMachine(f.text("machine_id", ""), f.text("hostname", ""));
  }
}
