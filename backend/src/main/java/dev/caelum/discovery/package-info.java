/** One discovery method a class; the policy for what may be dialled. */
@NullMarked
package dev.caelum.discovery;

import org.jspecify.annotations.NullMarked;
