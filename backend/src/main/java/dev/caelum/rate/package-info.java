/** How much is let through in how much time. */
@NullMarked
package dev.caelum.rate;

import org.jspecify.annotations.NullMarked;
