package headroom.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import headroom.ingest.pipeline.Intake;
import headroom.server.otlp.OtlpRefusal;
import org.jspecify.annotations.Nullable;

/** Before the OTLP ports: the name in the {@code Host} header, and the token. */
final class OtlpGuard extends SimpleDecoratingHttpService {
  private final HostCheck hosts;
  private final @Nullable Token token;
  private final Intake intake;

  OtlpGuard(HttpService guarded, HostCheck hosts, @Nullable Token token, Intake intake) {
    super(guarded);
    this.hosts = hosts;
    this.token = token;
    this.intake = intake;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (!hosts.accepts(request.authority())) {
      return OtlpRefusal.unauthenticated(
          request,
          intake.counters(),
          "this server is not known as '"
              + request.authority()
              + "': send to localhost, or start it with this name among the allowed hosts");
    }
    if (token != null && !token.isIn(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
      return OtlpRefusal.unauthenticated(
          request,
          intake.counters(),
          "this server asks for its token: set"
              + " OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN");
    }
    return unwrap().serve(context, request);
  }
}
