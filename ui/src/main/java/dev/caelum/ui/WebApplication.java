package dev.caelum.ui;

import com.vaadin.flow.server.VaadinServletContext;
import dev.caelum.ui.guard.OwnNames;
import dev.caelum.ui.guard.RequestGuard;
import dev.caelum.ui.guard.RequestRules;
import dev.caelum.ui.guard.SessionCount;
import dev.caelum.ui.proxy.NodeProxy;
import dev.caelum.ui.state.Dashboard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard as a plain web application, on any Jakarta EE 11 server. It is told by a system
 * property, else a context parameter:
 *
 * <ul>
 *   <li>{@code caelum.node-url}: the node to show; default {@code http://127.0.0.1:8080}
 *   <li>{@code caelum.allowed-hosts}: further names that reach this server, separated by commas
 * </ul>
 */
@WebListener
public final class WebApplication implements ServletContextListener {
  public static final String NODE_URL = "caelum.node-url";
  public static final String ALLOWED_HOSTS = "caelum.allowed-hosts";
  private static final int SESSION_MINUTES = 2;
  private static final String DEFAULT_NODE = "http://127.0.0.1:8080";

  private @Nullable Dashboard dashboard;
  private @Nullable HttpClient http;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    URI node = node(setting(context, NODE_URL, DEFAULT_NODE));
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    Dashboard shown = new Dashboard(client, node);
    OwnNames names = new OwnNames(names(setting(context, ALLOWED_HOSTS, "")));
    VaadinServletContext attributes = new VaadinServletContext(context);
    attributes.setAttribute(Dashboard.class, shown);
    attributes.setAttribute(OwnNames.class, names);
    context.getSessionCookieConfig().setHttpOnly(true);
    context.getSessionCookieConfig().setAttribute("SameSite", "Strict");
    // an open page asks every 30 s; whoever only came by is forgotten soon
    context.setSessionTimeout(SESSION_MINUTES);
    SessionCount sessions = new SessionCount();
    context.addListener(sessions);
    var guard = context.addFilter("guard", new RequestGuard(new RequestRules(names), sessions));
    guard.setAsyncSupported(true);
    guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    context
        .addServlet("node", new NodeProxy(client, node))
        .addMapping("/api/v1/*", "/health", "/observe/*");
    shown.start();
    dashboard = shown;
    http = client;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (dashboard != null) {
      dashboard.close();
    }
    if (http != null) {
      http.shutdownNow();
    }
  }

  private static URI node(String url) {
    URI node = URI.create(url);
    if (node.getHost() == null) {
      throw new IllegalStateException(
          NODE_URL + "=" + url + " is no address of a node; use http://HOST:PORT");
    }
    return node;
  }

  private static String setting(ServletContext context, String name, String otherwise) {
    String property = System.getProperty(name);
    String value = property == null ? context.getInitParameter(name) : property;
    return value == null ? otherwise : value;
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }
}
