package headroom.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** {@code /signin}: a form for the token; the right one earns a cookie. */
final class SignIn implements HttpService {
  private static final int LONGEST_FORM = 4_096;

  private final @Nullable Token token;
  private final WebFiles files;

  SignIn(@Nullable Token token, WebFiles files) {
    this.token = token;
    this.files = files;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (token == null) {
      return HttpResponse.ofRedirect(HttpStatus.SEE_OTHER, "/");
    }
    if (request.method() != HttpMethod.POST) {
      return files.serve("signin.html", request);
    }
    Token wanted = token;
    context.setMaxRequestLength(LONGEST_FORM);
    return HttpResponse.of(request.aggregate().thenApply(form -> check(form, wanted)));
  }

  private static HttpResponse check(AggregatedHttpRequest form, Token wanted) {
    String given = QueryParams.fromQueryString(form.contentUtf8()).get("token", "");
    if (!wanted.is(given.strip())) {
      return HttpResponse.ofRedirect(HttpStatus.SEE_OTHER, "/signin?wrong");
    }
    Cookie cookie =
        Cookie.secureBuilder(Token.COOKIE, wanted.cookieValue())
            .secure(false)
            .httpOnly(true)
            .sameSite("Strict")
            .path("/")
            .build();
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.SEE_OTHER)
            .add(HttpHeaderNames.LOCATION, "/")
            .add(HttpHeaderNames.SET_COOKIE, cookie.toSetCookieHeader())
            .build());
  }
}
