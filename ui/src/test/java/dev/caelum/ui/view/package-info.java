@NullMarked
package dev.caelum.ui.view;

import org.jspecify.annotations.NullMarked;
