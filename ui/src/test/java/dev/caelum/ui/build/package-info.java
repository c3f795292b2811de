/** Tests of what the build has packaged. */
@NullMarked
package dev.caelum.ui.build;

import org.jspecify.annotations.NullMarked;
