/** Runs the core of the coordinator: its loop, its store, and what others ask of it. */
@NullMarked
package dev.caelum.coordinator;

import org.jspecify.annotations.NullMarked;
