package dev.caelum.ui.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** An embedded Jetty with the web application that lies on the class path. */
public final class DashboardServer implements AutoCloseable {
  /** Places on the class path that hold servlet listeners, Vaadin routes or components. */
  private static final String SCANNED_JARS =
      ".*/(caelum-ui|flow-[a-z-]+|vaadin-[a-z-]+-flow|atmosphere-runtime|jetty-ee11-websocket)[^/]*"
          + "|.*/classes/";

  private static final int MAX_CONNECTIONS = 2048;
  private static final int MAX_HEADERS = 16 << 10;

  private final Server server = new Server(new VirtualThreadPool());
  private final ServerConnector connector;

  /**
   * @param port 0 for any free one
   * @param work a folder of its own, made when it is absent; reused, so that a killed dashboard
   *     leaves nothing to pile up
   * @param settings context parameters of the web application
   */
  public DashboardServer(String host, int port, Path work, Map<String, String> settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADERS);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setHandler(compressed(application(work, settings)));
    // event streams never end by themselves: there is nothing to wait for
    server.setStopTimeout(0);
  }

  private WebAppContext application(Path work, Map<String, String> settings) {
    WebAppContext context = new WebAppContext();
    context.setTempDirectory(work.toFile());
    context.setContextPath("/");
    ResourceFactory resources = ResourceFactory.of(context);
    ClassLoader loader = DashboardServer.class.getClassLoader();
    try {
      context.setBaseResource(
          ResourceFactory.combine(
              Collections.list(loader.getResources("META-INF/resources")).stream()
                  .map(url -> resources.newResource(URI.create(url.toString())))
                  .toList()));
    } catch (IOException e) {
      throw new IllegalStateException("The class path cannot be read", e);
    }
    context.setAttribute(MetaInfConfiguration.CONTAINER_JAR_PATTERN, SCANNED_JARS);
    context.addConfiguration(new AnnotationConfiguration());
    context.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");
    context.setParentLoaderPriority(true);
    context.setInitParameter("heartbeatInterval", "30");
    settings.forEach(context::setInitParameter);
    // before the start, else Vaadin finds no server container for its push
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    return context;
  }

  /** Everything but the event streams, which must not wait in a compressor's buffer. */
  private static CompressionHandler compressed(WebAppContext context) {
    CompressionHandler handler = new CompressionHandler(context);
    handler.putCompression(new GzipCompression());
    handler.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .defaults()
            .compressExcludeMimeType("text/event-stream")
            .compressExcludePath("/api/v1/events")
            .build());
    return handler;
  }

  /**
   * Starts to listen and waits until the web application is up.
   *
   * @throws IOException with a sentence for people when the port cannot be used or the application
   *     does not start
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The dashboard did not start: " + e.getMessage(), e);
    }
  }

  /** The port that is listened on; after {@link #start()}. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The dashboard did not stop cleanly", e);
    }
  }
}
