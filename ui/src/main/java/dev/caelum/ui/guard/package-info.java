/**
 * Who may talk to the dashboard at all: Host and Origin checks, and the headers of every answer.
 */
@NullMarked
package dev.caelum.ui.guard;

import org.jspecify.annotations.NullMarked;
