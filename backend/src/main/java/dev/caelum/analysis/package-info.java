/** Analyses of code that is spread over machines: groups of tasks whose results add up. */
@NullMarked
package dev.caelum.analysis;

import org.jspecify.annotations.NullMarked;
