/** The command line: options, tables and exit codes. */
@NullMarked
package dev.caelum.cli;

import org.jspecify.annotations.NullMarked;
