/** Typed, validated configuration; every default stands here once. */
@NullMarked
package dev.caelum.config;

import org.jspecify.annotations.NullMarked;
