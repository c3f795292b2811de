/**
 * REST, server-sent events, health and metrics: everything that a browser or a script asks of a
 * node.
 */
@NullMarked
package dev.caelum.http;

import org.jspecify.annotations.NullMarked;
