/** What the node publishes: its model as values, and the numbered event stream that carries it. */
@NullMarked
package dev.caelum.feed;

import org.jspecify.annotations.NullMarked;
