/**
 * A LAN in virtual time: production cores, a network that loses, delays, reorders and breaks, all
 * from one seed.
 */
@NullMarked
package dev.caelum.cluster.sim;

import org.jspecify.annotations.NullMarked;
