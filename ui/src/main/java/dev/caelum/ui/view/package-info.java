/** What people see. Views read the shared model and give commands; they know no node. */
@NullMarked
package dev.caelum.ui.view;

import org.jspecify.annotations.NullMarked;
