package dev.caelum.history;

import org.jspecify.annotations.Nullable;

/**
 * What a machine was from then on.
 *
 * @param at milliseconds since 1970
 * @param body the API's Machine object; null = it was not in the table any more
 */
record Moment(String series, String hostname, long at, @Nullable String body) {}
