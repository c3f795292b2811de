package dev.caelum.service;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a service is, as its own machine sees it. */
public enum ServiceState {
  /** It speaks MCP and told its tools. */
  READY,
  /** Its port listens, and nothing comes back in time. */
  LISTENING_NO_ANSWER,
  /** It was there, or is expected, and nothing listens on its port now. */
  DOWN,
  /** Its machine, an old node, says that it runs; nobody asked it. */
  RUNNING,
  /** It stands in a client's configuration file and cannot be asked from here. */
  CONFIGURED,
  /** Another process holds its port: what listens there answers, but is no MCP server. */
  TAKEN;

  /** The state as API and wire spell it: lower case with underscores. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that code, if there is one. */
  public static Optional<ServiceState> of(String code) {
    return Stream.of(values()).filter(state -> state.code().equals(code)).findFirst();
  }
}
