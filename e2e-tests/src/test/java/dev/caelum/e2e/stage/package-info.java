/** A node that plays a part: it tells what a test wants to see on the page. */
@NullMarked
package dev.caelum.e2e.stage;

import org.jspecify.annotations.NullMarked;
