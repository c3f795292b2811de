package dev.caelum.wire;

import org.jspecify.annotations.Nullable;

/**
 * A frame as it stands on the wire.
 *
 * @param number counts from 1 in each direction of a link; 0 for the old form
 * @param reply the number that it answers; null when it answers none
 */
public record NumberedFrame(long number, @Nullable Long reply, Frame frame) {}
