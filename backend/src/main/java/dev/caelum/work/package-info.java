/**
 * The worker: what runs here for coordinators, and the handlers that do it. Third parties add
 * handlers by {@link dev.caelum.work.TaskHandler}.
 */
@NullMarked
package dev.caelum.work;

import org.jspecify.annotations.NullMarked;
