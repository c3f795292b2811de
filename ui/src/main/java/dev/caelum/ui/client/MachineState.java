package dev.caelum.ui.client;

import java.util.Locale;

/** The state of a machine, in the words of the API. */
public enum MachineState {
  ALIVE,
  SUSPECT,
  DEAD,
  LEFT,
  HEARD;

  /** The API's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether people count a machine in this state as online. */
  public boolean online() {
    return this == ALIVE || this == SUSPECT;
  }

  /** The state that the API calls {@code word}; an unknown word is {@link #HEARD}. */
  static MachineState of(String word) {
    for (MachineState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return HEARD;
  }
}
