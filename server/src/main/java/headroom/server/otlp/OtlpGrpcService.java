package headroom.server.otlp;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.IngestCounters;
import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * OTLP over gRPC: the {@code Export} call of the three collector services. Every outcome is HTTP
 * 200 with its {@code grpc-status}; other paths are {@code UNIMPLEMENTED}.
 */
public final class OtlpGrpcService implements HttpService {
  private static final MediaType GRPC = MediaType.parse("application/grpc");
  private static final Map<String, Signal> SIGNALS =
      Arrays.stream(Signal.values())
          .collect(Collectors.toUnmodifiableMap(OtlpNames::grpcPath, Function.identity()));

  private final Intake intake;

  public OtlpGrpcService(Intake intake) {
    this.intake = intake;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (!isGrpc(request)) {
      return HttpResponse.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          MediaType.PLAIN_TEXT_UTF_8,
          "This port speaks OTLP over gRPC. OTLP over HTTP has its own port, by default 4318.\n");
    }
    Signal signal = SIGNALS.get(context.path());
    if (signal == null) {
      intake.counters().refused(IngestCounters.Refusal.UNSUPPORTED);
      return failed(
          new RpcStatus(
              RpcStatus.Code.UNIMPLEMENTED,
              "there is no method " + context.path() + "; Export of OTLP's collector services is",
              null));
    }
    String encoding = request.headers().get("grpc-encoding");
    return HttpResponse.of(
        Reception.receive(intake, request, body -> GrpcFrame.unwrap(signal, encoding, body))
            .handle((receipt, failure) ->
                failure == null
                    ? taken(signal, receipt)
                    : failed(
                        RpcStatus.of(failure, intake.counters(), intake.limits().retryAfter()))));
  }

  /** Whether a request is a gRPC call at all; browsers and curl by hand are not. */
  static boolean isGrpc(HttpRequest request) {
    MediaType type = request.contentType();
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("grpc") || type.subtype().startsWith("grpc+"))
        && request.method() == HttpMethod.POST;
  }

  private static HttpResponse taken(Signal signal, Receipt receipt) {
    byte[] message = ExportResponse.write(signal, receipt, Encoding.PROTOBUF);
    return HttpResponse.of(
        headers().build(),
        HttpData.wrap(GrpcFrame.wrap(message)),
        HttpHeaders.of("grpc-status", RpcStatus.Code.OK.number()));
  }

  /** A response that has nothing but headers, which are its trailers at the same time. */
  static HttpResponse failed(RpcStatus status) {
    ResponseHeadersBuilder headers = headers();
    addStatus(headers, status);
    return HttpResponse.of(headers.build());
  }

  private static ResponseHeadersBuilder headers() {
    return ResponseHeaders.builder(HttpStatus.OK)
        .contentType(GRPC)
        .add("grpc-accept-encoding", "identity,gzip");
  }

  private static void addStatus(HttpHeadersBuilder headers, RpcStatus status) {
    headers.add("grpc-status", Integer.toString(status.code().number()));
    headers.add("grpc-message", percentEncoded(status.message()));
    if (status.retryAfter() != null) {
      headers.add(
          "grpc-status-details-bin",
          Base64.getEncoder().withoutPadding().encodeToString(status.toProtobuf()));
    }
  }

  /** Printable ASCII but the percent sign stands for itself. */
  static String percentEncoded(String text) {
    var encoded = new StringBuilder(text.length());
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= ' ' && one <= '~' && one != '%') {
        encoded.append((char) one);
      } else {
        encoded.append('%').append("%02X".formatted(one & 0xff));
      }
    }
    return encoded.toString();
  }
}
