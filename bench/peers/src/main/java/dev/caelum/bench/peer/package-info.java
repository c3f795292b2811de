/** Other membership libraries, each as one process that tells what it sees; see {@link Teller}. */
@NullMarked
package dev.caelum.bench.peer;

import org.jspecify.annotations.NullMarked;
