package dev.caelum.ui.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Applies {@link RequestRules} to every request and puts the security headers on every answer. */
public final class RequestGuard implements Filter {
  /** Vaadin's client needs inline scripts and eval; everything else stays within this origin. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
          + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
          + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
          + "frame-ancestors 'none'";

  private final RequestRules rules;
  private final SessionCount sessions;

  public RequestGuard(RequestRules rules, SessionCount sessions) {
    this.rules = rules;
    this.sessions = sessions;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer = (HttpServletResponse) response;
    HttpServletRequest asked = (HttpServletRequest) request;
    answer.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Frame-Options", "DENY");
    answer.setHeader("Referrer-Policy", "no-referrer");
    Optional<RequestRules.Refusal> refusal = judge(asked);
    if (refusal.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body = refusal.get().problem().getBytes(StandardCharsets.UTF_8);
    answer.setStatus(refusal.get().status());
    answer.setContentType("application/problem+json");
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }

  private Optional<RequestRules.Refusal> judge(HttpServletRequest asked) {
    Optional<RequestRules.Refusal> refusal =
        rules.judge(asked.getHeader("Host"), asked.getHeader("Origin"));
    if (refusal.isEmpty() && sessions.full() && asked.getSession(false) == null) {
      return Optional.of(RequestRules.Refusal.TOO_MANY_SESSIONS);
    }
    return refusal;
  }
}
