package dev.caelum.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through, or refuses it before any route sees it: Host, Origin, rate, then what
 * callers on other machines may do. A route is closed to those unless this class opens it.
 */
final class AccessFilter implements Filter {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** The one path that others may write to: everybody may press Discover. */
  private static final String OPEN_TO_ALL = HttpApi.BASE + "/cluster/discover";

  private final AccessRules rules;
  private final RateLimits limits;

  AccessFilter(AccessRules rules, RateLimits limits) {
    this.rules = rules;
    this.limits = limits;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    AccessRules.Caller caller = caller(request);
    request.context().register(caller);
    Problem problem = check(caller, request);
    if (problem == null) {
      chain.proceed();
    } else {
      Reply.send(request, response, problem);
    }
    if (response.isSent() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      // The server itself goes on reading, and would take a rest of this body for a new request.
      throw new CloseConnectionException("the response said so");
    }
  }

  private @Nullable Problem check(AccessRules.Caller caller, ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    List<String> hosts = values(headers, HeaderNames.HOST);
    String host = hosts.size() == 1 ? hosts.getFirst() : null;
    if (host == null || !rules.ownHost(host)) {
      return Problem.of(421, "bad_host", "This machine does not go by the name in Host.")
          .hint("Use its IP address, its host name or localhost.");
    }
    for (String origin : values(headers, HeaderNames.ORIGIN)) {
      if (!rules.ownOrigin(origin, host)) {
        return Problem.of(403, "bad_origin", "Web pages of another origin may not call this node.");
      }
    }
    boolean write = !READS.contains(request.prologue().method().text());
    if (!limits.allow(caller, write)) {
      return Problem.of(429, "too_many_requests", "This address asks too often.").retryAfter(1);
    }
    if (write && !caller.local() && !request.path().path().equals(OPEN_TO_ALL)) {
      return Problem.of(403, "local_only", "Only callers on this machine may do that.")
          .hint("Run the command on the machine itself, or use its command line.");
    }
    return null;
  }

  private AccessRules.Caller caller(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    InetAddress remote =
        request.remotePeer().address() instanceof InetSocketAddress peer
            ? peer.getAddress()
            : InetAddress.ofLiteral("0.0.0.0");
    return rules.caller(
        remote, values(headers, FORWARDED_FOR), headers.contains(HeaderNames.FORWARDED));
  }

  private static List<String> values(ServerRequestHeaders headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).allValues() : List.of();
  }
}
