/** The dashboard in a real browser, before real nodes. */
@NullMarked
package dev.caelum.e2e.ui;

import org.jspecify.annotations.NullMarked;
