/** The wire as values: sealed beacons and frames, their codecs, and refusal as a value. */
@NullMarked
package dev.caelum.wire;

import org.jspecify.annotations.NullMarked;
