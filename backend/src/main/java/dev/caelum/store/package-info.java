/** Where tasks live on disk: one contract, kept by SQLite and by PostgreSQL. */
@NullMarked
package dev.caelum.store;

import org.jspecify.annotations.NullMarked;
