package headroom.server.otlp;

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
import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.UnusableRequestException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OTLP over HTTP: {@code POST /v1/traces}, {@code /v1/metrics}, {@code /v1/logs} with protobuf or
 * JSON. Errors carry a {@code google.rpc.Status} in the encoding of the request.
 */
public final class OtlpHttpService implements HttpService {
  private static final MediaType PROTOBUF = MediaType.parse("application/x-protobuf");
  private static final Map<String, Signal> SIGNALS =
      Arrays.stream(Signal.values())
          .collect(Collectors.toUnmodifiableMap(OtlpNames::httpPath, Function.identity()));

  private final Intake intake;

  public OtlpHttpService(Intake intake) {
    this.intake = intake;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (OtlpGrpcService.isGrpc(request)) {
      return OtlpGrpcService.failed(
          new RpcStatus(
              RpcStatus.Code.UNIMPLEMENTED,
              "this port speaks OTLP over HTTP; gRPC has its own port, by default 4317",
              null));
    }
    Signal signal = SIGNALS.get(context.path());
    if (signal == null) {
      return plain(
          HttpStatus.NOT_FOUND,
          "There is nothing here. OTLP over HTTP: POST /v1/traces, /v1/metrics or /v1/logs.\n");
    }
    if (request.method() != HttpMethod.POST) {
      return plain(HttpStatus.METHOD_NOT_ALLOWED, "Telemetry is sent with POST.\n");
    }
    try {
      Encoding encoding = encoding(request.contentType());
      Compression compression =
          compression(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
      return receive(request, signal, encoding, compression);
    } catch (UnusableRequestException unsupported) {
      return failed(status(unsupported), encodingOfAnswer(request.contentType()));
    }
  }

  private HttpResponse receive(
      HttpRequest request, Signal signal, Encoding encoding, Compression compression) {
    return HttpResponse.of(
        Reception.receive(
                intake, request, body -> new OtlpRequest(signal, encoding, compression, body))
            .handle((receipt, failure) ->
                failure == null
                    ? taken(signal, receipt, encoding)
                    : failed(status(failure), encoding)));
  }

  private RpcStatus status(Throwable failure) {
    return RpcStatus.of(failure, intake.counters(), intake.limits().retryAfter());
  }

  private static HttpResponse taken(Signal signal, Receipt receipt, Encoding encoding) {
    return HttpResponse.of(
        HttpStatus.OK,
        mediaType(encoding),
        HttpData.wrap(ExportResponse.write(signal, receipt, encoding)));
  }

  static HttpResponse failed(RpcStatus status, Encoding encoding) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status.code().http()).contentType(mediaType(encoding));
    Duration wait = status.retryAfter();
    if (wait != null) {
      headers.add(HttpHeaderNames.RETRY_AFTER, Long.toString(wait.toSeconds()));
    }
    return HttpResponse.of(
        headers.build(),
        HttpData.wrap(
            switch (encoding) {
              case PROTOBUF -> status.toProtobuf();
              case JSON -> status.toJson();
            }));
  }

  private static HttpResponse plain(HttpStatus status, String text) {
    return HttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, text);
  }

  private static MediaType mediaType(Encoding encoding) {
    return switch (encoding) {
      case PROTOBUF -> PROTOBUF;
      case JSON -> MediaType.JSON;
    };
  }

  private static Encoding encoding(@Nullable MediaType type) throws UnusableRequestException {
    if (type != null && type.is(PROTOBUF)) {
      return Encoding.PROTOBUF;
    }
    if (type != null && type.is(MediaType.JSON.withoutParameters())) {
      return Encoding.JSON;
    }
    throw new UnusableRequestException(
        UnusableRequestException.Reason.UNSUPPORTED,
        "Content-Type must be application/x-protobuf or application/json, got "
            + (type == null ? "none" : type));
  }

  /** A sender whose type is unknown can at least read JSON with its eyes. */
  static Encoding encodingOfAnswer(@Nullable MediaType type) {
    return type != null && type.is(PROTOBUF) ? Encoding.PROTOBUF : Encoding.JSON;
  }

  private static Compression compression(@Nullable String contentEncoding)
      throws UnusableRequestException {
    String name = contentEncoding == null ? "" : contentEncoding;
    return Compression.named(name)
        .orElseThrow(() ->
            new UnusableRequestException(
                UnusableRequestException.Reason.UNSUPPORTED,
                "Content-Encoding must be gzip, zstd or absent, got " + name));
  }
}
