@NullMarked
package dev.caelum.ui.guard;

import org.jspecify.annotations.NullMarked;
