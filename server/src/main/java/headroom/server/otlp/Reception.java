package headroom.server.otlp;

import com.linecorp.armeria.common.HttpRequest;
import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.OverloadedException;
import headroom.ingest.pipeline.Place;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.TelemetryRequest;
import headroom.ingest.pipeline.UnusableRequestException;
import java.util.concurrent.CompletableFuture;

/** The way of a request from the socket into the intake, the same for every transport. */
public final class Reception {
  private Reception() {}

  /** Finds the message in a body. */
  public interface Unframing {
    TelemetryRequest unframe(byte[] body) throws UnusableRequestException;
  }

  /**
   * Reads a request and has the intake take it. Fails with {@link OverloadedException} or {@link
   * UnusableRequestException}, or with whatever broke the stream.
   */
  public static CompletableFuture<Receipt> receive(
      Intake intake, HttpRequest request, Unframing unframing) {
    Place place;
    try {
      place = intake.enter();
    } catch (OverloadedException full) {
      return CompletableFuture.failedFuture(full);
    }
    return BodyReader.read(request, intake.limits().bodyBytes(), place)
        .thenCompose(body -> receive(intake, body, unframing))
        .whenComplete((receipt, failure) -> place.close());
  }

  private static CompletableFuture<Receipt> receive(
      Intake intake, byte[] body, Unframing unframing) {
    try {
      return intake.receive(unframing.unframe(body));
    } catch (UnusableRequestException unusable) {
      return CompletableFuture.failedFuture(unusable);
    }
  }
}
