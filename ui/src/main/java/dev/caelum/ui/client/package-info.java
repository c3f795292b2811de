/**
 * The node as the dashboard sees it: its REST commands, its event stream, its objects as values.
 */
@NullMarked
package dev.caelum.ui.client;

import org.jspecify.annotations.NullMarked;
