package headroom.server.otlp;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import headroom.ingest.pipeline.IngestCounters;

/** Refusals from before a request is looked at, in the words of its protocol. */
public final class OtlpRefusal {
  private OtlpRefusal() {}

  /** Who sends may not; the same request is not to be sent again. */
  public static HttpResponse unauthenticated(
      HttpRequest request, IngestCounters counters, String message) {
    counters.refused(IngestCounters.Refusal.UNAUTHORIZED);
    var status = new RpcStatus(RpcStatus.Code.UNAUTHENTICATED, message, null);
    return OtlpGrpcService.isGrpc(request)
        ? OtlpGrpcService.failed(status)
        : OtlpHttpService.failed(status, OtlpHttpService.encodingOfAnswer(request.contentType()));
  }
}
