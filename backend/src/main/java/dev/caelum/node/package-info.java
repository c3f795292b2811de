/** Wires everything: the loop that owns the membership, and the program's entry. */
@NullMarked
package dev.caelum.node;

import org.jspecify.annotations.NullMarked;
