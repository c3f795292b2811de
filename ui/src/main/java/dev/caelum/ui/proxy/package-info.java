/** The node's API under the dashboard's own origin. */
@NullMarked
package dev.caelum.ui.proxy;

import org.jspecify.annotations.NullMarked;
