/** What people should hear of: many events of one moment as one notification, flapping as one. */
@NullMarked
package dev.caelum.inbox;

import org.jspecify.annotations.NullMarked;
