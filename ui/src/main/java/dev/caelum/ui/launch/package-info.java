/** The embedded server that runs the web application; the only place that knows Jetty. */
@NullMarked
package dev.caelum.ui.launch;

import org.jspecify.annotations.NullMarked;
