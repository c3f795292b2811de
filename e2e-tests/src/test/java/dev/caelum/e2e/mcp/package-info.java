/** An MCP server and an assistant by the official SDK, as programs of their own. */
@NullMarked
package dev.caelum.e2e.mcp;

import org.jspecify.annotations.NullMarked;
