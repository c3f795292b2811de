/** Values about services: MCP servers, their tools and the ports that they hold. */
@NullMarked
package dev.caelum.service;

import org.jspecify.annotations.NullMarked;
