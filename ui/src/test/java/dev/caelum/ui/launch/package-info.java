@NullMarked
package dev.caelum.ui.launch;

import org.jspecify.annotations.NullMarked;
