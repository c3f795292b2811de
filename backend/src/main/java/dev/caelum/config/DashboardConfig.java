package dev.caelum.config;

/**
 * Where the dashboard listens, validated.
 *
 * @param host address to bind to; default 0.0.0.0
 * @param port TCP port, 0 (any free) or 1024-65535; default 8090
 */
public record DashboardConfig(String host, int port) {
  public static final String DEFAULT_HOST = "0.0.0.0";
  public static final int DEFAULT_PORT = 8090;
}
