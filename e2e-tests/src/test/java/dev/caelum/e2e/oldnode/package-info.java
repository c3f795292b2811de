/** A stand-in for the older Python node, as strict and as broken as the real one. */
@NullMarked
package dev.caelum.e2e.oldnode;

import org.jspecify.annotations.NullMarked;
