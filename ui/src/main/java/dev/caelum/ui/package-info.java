/** The dashboard: a web application that shows one node, and the command that runs both. */
@NullMarked
package dev.caelum.ui;

import org.jspecify.annotations.NullMarked;
