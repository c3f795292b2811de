/** Measures packaged nodes in the LAN lab; docs/measurements.md keeps the figures. */
@NullMarked
package dev.caelum.e2e.bench;

import org.jspecify.annotations.NullMarked;
