package dev.caelum.ui.client;

import java.util.Locale;

/** The state of an MCP server, in the words of the API. */
public enum ServiceState {
  READY,
  LISTENING_NO_ANSWER,
  DOWN,
  TAKEN,
  /** Its machine, an old node, says so; nobody asked the server. */
  RUNNING,
  /** A client's configuration names it; nobody can or does ask it. */
  CONFIGURED,
  UNKNOWN;

  /** The API's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state that the API calls {@code word}; an unknown word is {@link #UNKNOWN}. */
  static ServiceState of(String word) {
    for (ServiceState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
