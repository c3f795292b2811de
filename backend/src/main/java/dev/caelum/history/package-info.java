/**
 * What was: numbers, states and events of the past, kept on this node. Nothing else depends on it;
 * a node works the same without.
 */
@NullMarked
package dev.caelum.history;

import org.jspecify.annotations.NullMarked;
