@NullMarked
package dev.caelum.ui.state;

import org.jspecify.annotations.NullMarked;
