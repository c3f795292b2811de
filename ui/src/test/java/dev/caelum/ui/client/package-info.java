@NullMarked
package dev.caelum.ui.client;

import org.jspecify.annotations.NullMarked;
