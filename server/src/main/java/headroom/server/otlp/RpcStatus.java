package headroom.server.otlp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.HttpStatus;
import headroom.ingest.pipeline.IngestCounters;
import headroom.ingest.pipeline.OverloadedException;
import headroom.ingest.pipeline.UnusableRequestException;
import headroom.ingest.protobuf.ProtobufMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * {@code google.rpc.Status}, the body of every OTLP error: as protobuf, as JSON, and as what gRPC
 * puts into trailers.
 *
 * @param retryAfter how long to wait before sending the same again; null when that is pointless
 */
public record RpcStatus(Code code, String message, @Nullable Duration retryAfter) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The codes of gRPC that are used here, each with the HTTP status that means the same. */
  public enum Code {
    OK(0, HttpStatus.OK),
    CANCELLED(1, HttpStatus.BAD_REQUEST),
    INVALID_ARGUMENT(3, HttpStatus.BAD_REQUEST),
    RESOURCE_EXHAUSTED(8, HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    /** HTTP has a second one that means it: too many requests. */
    BUSY(14, HttpStatus.TOO_MANY_REQUESTS),
    UNIMPLEMENTED(12, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    INTERNAL(13, HttpStatus.INTERNAL_SERVER_ERROR),
    UNAVAILABLE(14, HttpStatus.SERVICE_UNAVAILABLE),
    UNAUTHENTICATED(16, HttpStatus.UNAUTHORIZED);

    private final int number;

    @SuppressWarnings("ImmutableEnumChecker") // HttpStatus is
    private final HttpStatus http;

    Code(int number, HttpStatus http) {
      this.number = number;
      this.http = http;
    }

    int number() {
      return number;
    }

    public HttpStatus http() {
      return http;
    }
  }

  /** The answer to a request that {@link Reception#receive} failed with this, counted. */
  public static RpcStatus of(Throwable thrown, IngestCounters counters, Duration retryAfter) {
    Throwable failure =
        thrown instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : thrown;
    return switch (failure) {
      case UnusableRequestException unusable -> unusable(unusable, counters);
      case OverloadedException overloaded -> overloaded(overloaded, counters, retryAfter);
      case RuntimeException aborted when isAbortedStream(aborted) -> {
        counters.refused(IngestCounters.Refusal.ABORTED);
        yield new RpcStatus(Code.CANCELLED, "the request ended before its body did", null);
      }
      default -> {
        counters.refused(IngestCounters.Refusal.FAILED);
        yield new RpcStatus(Code.INTERNAL, "the server failed on this request; see its log", null);
      }
    };
  }

  private static boolean isAbortedStream(RuntimeException failure) {
    return failure.getClass().getPackageName().startsWith("com.linecorp.armeria.");
  }

  private static RpcStatus unusable(UnusableRequestException unusable, IngestCounters counters) {
    String message = String.valueOf(unusable.getMessage());
    return switch (unusable.reason()) {
      case MALFORMED -> {
        counters.refused(IngestCounters.Refusal.MALFORMED);
        yield new RpcStatus(Code.INVALID_ARGUMENT, message, null);
      }
      case TOO_LARGE -> {
        counters.refused(IngestCounters.Refusal.TOO_LARGE);
        yield new RpcStatus(Code.RESOURCE_EXHAUSTED, message, null);
      }
      case UNSUPPORTED -> {
        counters.refused(IngestCounters.Refusal.UNSUPPORTED);
        yield new RpcStatus(Code.UNIMPLEMENTED, message, null);
      }
    };
  }

  private static RpcStatus overloaded(
      OverloadedException overloaded, IngestCounters counters, Duration retryAfter) {
    String message = String.valueOf(overloaded.getMessage());
    return switch (overloaded.reason()) {
      case BUSY -> {
        counters.refused(IngestCounters.Refusal.OVERLOADED);
        yield new RpcStatus(Code.BUSY, message, retryAfter);
      }
      case STOPPING -> {
        counters.refused(IngestCounters.Refusal.STOPPING);
        yield new RpcStatus(Code.UNAVAILABLE, message, retryAfter);
      }
    };
  }

  /** {@code Status}: code 1, message 2, details 3 of {@code Any} (type 1, value 2). */
  byte[] toProtobuf() {
    var status = new ProtobufMessage();
    status.integer(1, code.number());
    status.text(2, message);
    Duration wait = retryAfter;
    if (wait != null) {
      status.message(
          3,
          any -> {
            any.text(1, "type.googleapis.com/google.rpc.RetryInfo");
            any.message(
                2, retryInfo -> retryInfo.message(1, delay -> delay.integer(1, wait.toSeconds())));
          });
    }
    return status.toBytes();
  }

  byte[] toJson() {
    var json = JSON.createObjectNode().put("code", code.number()).put("message", message);
    if (retryAfter != null) {
      json.putArray("details")
          .addObject()
          .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
          .put("retryDelay", retryAfter.toSeconds() + "s");
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
