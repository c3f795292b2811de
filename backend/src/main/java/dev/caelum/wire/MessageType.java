package dev.caelum.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The 20 message types of the envelope that old nodes speak; one more and they drop it. */
public enum MessageType {
  MACHINE_REGISTER,
  MACHINE_HEARTBEAT,
  MACHINE_DISCOVER,
  MACHINE_UPDATE,
  TASK_DISTRIBUTE,
  TASK_ASSIGN,
  TASK_PROGRESS,
  TASK_COMPLETE,
  TASK_FAILED,
  RESOURCE_REQUEST,
  RESOURCE_AVAILABLE,
  RESOURCE_RESERVED,
  RESOURCE_RELEASED,
  SERVICE_ANNOUNCE,
  SERVICE_QUERY,
  SERVICE_RESPONSE,
  STATUS_BROADCAST,
  PING,
  PONG,
  ERROR;

  private static final Map<String, MessageType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(MessageType::code, Function.identity()));

  /** As the wire spells it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable MessageType of(@Nullable Object code) {
    return code instanceof String text ? BY_CODE.get(text) : null;
  }
}
