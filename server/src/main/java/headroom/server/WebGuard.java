package headroom.server;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import headroom.server.api.ErrorJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Before page and API: the name in the {@code Host} header, the token, and the headers that tell
 * browsers what the page may do.
 */
final class WebGuard extends SimpleDecoratingHttpService {
  private static final Set<String> OPEN =
      Set.of("/healthz", "/readyz", "/signin", "/app.css", "/icon.svg");

  private final HostCheck hosts;
  private final @Nullable Token token;
  private final HttpHeaders security;

  WebGuard(HttpService guarded, HostCheck hosts, @Nullable Token token, String importMapHash) {
    super(guarded);
    this.hosts = hosts;
    this.token = token;
    this.security = security(importMapHash);
  }

  /** Nothing from elsewhere, nothing inline but the import map, no framing, no referrer. */
  private static HttpHeaders security(String importMapHash) {
    return HttpHeaders.builder()
        .add(
            HttpHeaderNames.CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self' '%s'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                .formatted(importMapHash))
        .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .add(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
        .add(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
        .add("cross-origin-opener-policy", "same-origin")
        .add("cross-origin-resource-policy", "same-origin")
        .build();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    context.mutateAdditionalResponseHeaders(headers -> headers.add(security));
    if (!hosts.accepts(request.authority())) {
      return ErrorJson.response(
          HttpStatus.MISDIRECTED_REQUEST,
          "this server is not known as '" + request.authority() + "'",
          "Address it as localhost, or start it with this name among the allowed hosts.");
    }
    if (token == null || OPEN.contains(context.path()) || isKnown(request, token)) {
      return unwrap().serve(context, request);
    }
    if (context.path().equals("/")) {
      return HttpResponse.ofRedirect(HttpStatus.SEE_OTHER, "/signin");
    }
    return ErrorJson.response(
        HttpStatus.UNAUTHORIZED,
        "this server asks for its token",
        "Send the header Authorization: Bearer TOKEN, or sign in on the page.");
  }

  private static boolean isKnown(HttpRequest request, Token token) {
    if (token.isIn(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
      return true;
    }
    for (Cookie cookie : request.headers().cookies()) {
      if (cookie.name().equals(Token.COOKIE) && token.isCookie(cookie.value())) {
        return true;
      }
    }
    return false;
  }
}
