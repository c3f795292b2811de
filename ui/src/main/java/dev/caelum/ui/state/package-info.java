/** One shared model of the node for all tabs, published at most four times a second. */
@NullMarked
package dev.caelum.ui.state;

import org.jspecify.annotations.NullMarked;
