/**
 * Log lines: one line a record, for people or for programs, safe to show whatever the network said.
 */
@NullMarked
package dev.caelum.logging;

import org.jspecify.annotations.NullMarked;
