@NullMarked
package dev.caelum.ui;

import org.jspecify.annotations.NullMarked;
