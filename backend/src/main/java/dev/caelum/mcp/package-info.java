/** Finds the MCP servers of this machine, speaks with them, and calls their tools. */
@NullMarked
package dev.caelum.mcp;

import org.jspecify.annotations.NullMarked;
