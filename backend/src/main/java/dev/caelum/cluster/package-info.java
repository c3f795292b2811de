/**
 * The pure core: who is in the cluster, decided step by step. No clock, thread, socket, logger or
 * JSON.
 */
@NullMarked
package dev.caelum.cluster;

import org.jspecify.annotations.NullMarked;
