/**
 * Simulated machines, so that anyone can try Caelum alone: each has a real link to this node over
 * loopback, and says everywhere that it is simulated.
 */
@NullMarked
package dev.caelum.demo;

import org.jspecify.annotations.NullMarked;
