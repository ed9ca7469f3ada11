package headroom.server.prometheus;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.RemoteWriteRequest;
import headroom.ingest.pipeline.UnusableRequestException;
import headroom.ingest.pipeline.UnusableRequestException.Reason;
import headroom.ingest.prometheus.WriteMessage;
import headroom.server.otlp.Reception;
import headroom.server.otlp.RpcStatus;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' remote write, 1.0 and 2.0: {@code POST} of a message packed with Snappy. Samples of
 * metrics that are not read count as written, since nothing is wrong with them; exemplars are not
 * kept and are not said to be.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">Remote-Write 2.0</a>
 */
public final class RemoteWriteService implements HttpService {
  /** Where it is reached, on every port that speaks it. */
  public static final String PATH = "/api/v1/write";

  private static final MediaType PROTOBUF = MediaType.parse("application/x-protobuf");
  private static final String SAMPLES = "x-prometheus-remote-write-samples-written";
  private static final String HISTOGRAMS = "x-prometheus-remote-write-histograms-written";
  private static final String EXEMPLARS = "x-prometheus-remote-write-exemplars-written";

  private final Intake intake;

  public RemoteWriteService(Intake intake) {
    this.intake = intake;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.POST) {
      return HttpResponse.of(
          HttpStatus.METHOD_NOT_ALLOWED,
          MediaType.PLAIN_TEXT_UTF_8,
          "This is the url of a remote_write; samples are sent with POST.\n");
    }
    try {
      WriteMessage message = message(request.contentType());
      requireSnappy(request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
      return HttpResponse.of(
          Reception.receive(intake, request, body -> new RemoteWriteRequest(message, body))
              .handle((receipt, failure) -> failure == null ? taken(receipt) : failed(failure)));
    } catch (UnusableRequestException unsupported) {
      return failed(unsupported);
    }
  }

  private static WriteMessage message(@Nullable MediaType type) throws UnusableRequestException {
    if (type != null && type.is(PROTOBUF)) {
      String name =
          type.parameters().getOrDefault("proto", java.util.List.of()).stream()
              .findFirst()
              .orElse("");
      if (name.isEmpty()) {
        return WriteMessage.V1;
      }
      var message = WriteMessage.named(name);
      if (message.isPresent()) {
        return message.get();
      }
    }
    throw new UnusableRequestException(
        Reason.UNSUPPORTED,
        "Content-Type must be application/x-protobuf, with proto=prometheus.WriteRequest or"
            + " proto=io.prometheus.write.v2.Request or neither, got "
            + (type == null ? "none" : type));
  }

  private static void requireSnappy(String encoding) throws UnusableRequestException {
    if (!encoding.strip().toLowerCase(Locale.ROOT).equals("snappy")) {
      throw new UnusableRequestException(
          Reason.UNSUPPORTED,
          "Content-Encoding must be snappy, got " + (encoding.isEmpty() ? "none" : encoding));
    }
  }

  /** Of a request that some of was refused the sender is told that sending again is no use. */
  private static HttpResponse taken(Receipt receipt) {
    boolean whole = receipt.rejected() == 0;
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(whole ? HttpStatus.NO_CONTENT : HttpStatus.BAD_REQUEST)
            .add(SAMPLES, Long.toString(receipt.accepted() - receipt.histograms()))
            .add(HISTOGRAMS, Long.toString(receipt.histograms()))
            .add(EXEMPLARS, "0");
    return whole
        ? HttpResponse.of(headers.build())
        : answer(headers, "some samples were not written: " + receipt.message());
  }

  private HttpResponse failed(Throwable failure) {
    RpcStatus status = RpcStatus.of(failure, intake.counters(), intake.limits().retryAfter());
    ResponseHeadersBuilder headers = ResponseHeaders.builder(status.code().http());
    Duration wait = status.retryAfter();
    if (wait != null) {
      headers.add(HttpHeaderNames.RETRY_AFTER, Long.toString(wait.toSeconds()));
    }
    return answer(headers, status.message());
  }

  private static HttpResponse answer(ResponseHeadersBuilder headers, String text) {
    return HttpResponse.of(
        headers.contentType(MediaType.PLAIN_TEXT_UTF_8).build(), HttpData.ofUtf8(text + "\n"));
  }
}
