/** JMH benchmarks of what runs for every datagram and every input. */
@NullMarked
package dev.caelum.bench.code;

import org.jspecify.annotations.NullMarked;
