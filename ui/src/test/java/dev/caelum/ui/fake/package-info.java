/** A small node that speaks {@code docs/api.md}, for tests of the dashboard. */
@NullMarked
package dev.caelum.ui.fake;

import org.jspecify.annotations.NullMarked;
