/** Moves datagrams: sockets, interfaces, broadcast addresses. Knows no protocol. */
@NullMarked
package dev.caelum.beacon;

import org.jspecify.annotations.NullMarked;
