package headroom.server.otlp;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import headroom.ingest.pipeline.OverloadedException;
import headroom.ingest.pipeline.Place;
import headroom.ingest.pipeline.UnusableRequestException;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects a request's body within two limits: its own length, and the bytes that all bodies
 * together may take, which its place in the intake knows.
 *
 * <p>What arrives after a limit was hit is dropped until the answer is out; the server then ends
 * the stream itself. Ending it here would close the connection before the sender reads why.
 */
final class BodyReader implements Subscriber<HttpObject> {
  private final int limit;
  private final Place place;
  private final ByteArrayOutputStream collected;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private volatile boolean failed;

  private BodyReader(int limit, Place place, int expected) {
    this.limit = limit;
    this.place = place;
    this.collected = new ByteArrayOutputStream(Math.min(expected, 64 << 10));
  }

  /** The body, once it has arrived whole. */
  static CompletableFuture<byte[]> read(HttpRequest request, int limit, Place place) {
    long declared = request.headers().contentLength();
    var reader = new BodyReader(limit, place, (int) Math.clamp(declared, 256L, limit));
    if (declared > limit) {
      reader.fail(tooLarge(declared, limit));
    } else {
      request.subscribe(reader);
    }
    return reader.body;
  }

  @Override
  public void onSubscribe(Subscription given) {
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject object) {
    if (failed || !(object instanceof HttpData data)) {
      return;
    }
    int length = data.length();
    if ((long) collected.size() + length > limit) {
      fail(tooLarge((long) collected.size() + length, limit));
      return;
    }
    try {
      place.reserve(length);
    } catch (OverloadedException full) {
      fail(full);
      return;
    }
    collected.writeBytes(data.array());
  }

  @Override
  public void onError(Throwable failure) {
    failed = true;
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(collected.toByteArray());
  }

  private void fail(Exception why) {
    failed = true;
    body.completeExceptionally(why);
  }

  static UnusableRequestException tooLarge(long length, int limit) {
    return new UnusableRequestException(
        UnusableRequestException.Reason.TOO_LARGE,
        "a request may have at most %d bytes, this one has %d or more: export smaller batches"
            .formatted(limit, length));
  }
}
