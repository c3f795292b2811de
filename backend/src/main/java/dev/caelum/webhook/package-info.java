/** Notifications for programs elsewhere: posted, signed, tried again, and never waited for. */
@NullMarked
package dev.caelum.webhook;

import org.jspecify.annotations.NullMarked;
