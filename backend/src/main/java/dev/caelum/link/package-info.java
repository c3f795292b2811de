/** Moves frames: WebSocket links in both directions, each with a bounded outbox and one writer. */
@NullMarked
package dev.caelum.link;

import org.jspecify.annotations.NullMarked;
