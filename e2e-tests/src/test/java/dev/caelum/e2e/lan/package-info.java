/** The LAN tests: real nodes in network namespaces, with real faults. */
@NullMarked
package dev.caelum.e2e.lan;

import org.jspecify.annotations.NullMarked;
