/** What this machine is: identity, data folder, resources, services. */
@NullMarked
package dev.caelum.host;

import org.jspecify.annotations.NullMarked;
