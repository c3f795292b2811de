package dev.caelum.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message on a link, in the form that old nodes speak.
 *
 * @param targets null means all
 * @param timestamp ISO-8601 with offset, by the sender's clock; shown, never used
 * @param payload free-form
 * @param correlationId the {@code messageId} that it answers; null when it answers none
 */
public record Envelope(
    String messageId,
    MessageType type,
    String sourceMachine,
    @Nullable List<String> targets,
    String timestamp,
    Map<String, @Nullable Object> payload,
    @Nullable String correlationId) {}
