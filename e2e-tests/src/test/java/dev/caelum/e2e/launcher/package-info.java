/** Tests of {@code ./caelum} and {@code ./mvnw}: the real scripts among made-up JDKs and builds. */
@NullMarked
package dev.caelum.e2e.launcher;

import org.jspecify.annotations.NullMarked;
