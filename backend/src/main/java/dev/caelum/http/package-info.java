/**
 * REST, server-sent events, health and metrics: everything that a browser or a script asks of a
 * node. The view records are public because the JSON mapper must read them; nothing else uses them.
 */
@NullMarked
package dev.caelum.http;

import org.jspecify.annotations.NullMarked;
