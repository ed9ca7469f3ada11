package headroom.load.result;

import headroom.rollup.Cell;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at one step. Times are in seconds and hold every request that was sent,
 * whatever came of it; what could not be sent is only counted. Not safe for several threads.
 */
public final class StepStats {
  private final StepKey key;
  private final Cell response = new Cell();
  private final Cell service = new Cell();
  private final Cell queued = new Cell();
  private final ErrorLog errors = new ErrorLog();
  private @Nullable Cell gaps;
  private @Nullable AttemptStats attempts;
  private long unsent;
  private long bodyBytes;

  public StepStats(StepKey key) {
    this.key = key;
  }

  /** A request that was sent and answered or failed. */
  public void record(double queuedSeconds, double serviceSeconds, boolean error) {
    response.record(queuedSeconds + serviceSeconds, error);
    service.record(serviceSeconds, error);
    queued.record(queuedSeconds, error);
  }

  /** Why a request failed, besides {@link #record} when it was sent. */
  public void fail(ErrorKind kind, String detail) {
    errors.add(kind, detail);
    if (!kind.wasSent()) {
      unsent++;
    }
  }

  /** The time between two messages of a stream. */
  public void addGap(double seconds) {
    gapCell().record(seconds, false);
  }

  private Cell gapCell() {
    Cell present = gaps;
    if (present == null) {
      present = new Cell();
      gaps = present;
    }
    return present;
  }

  /** What is sent for requests that are sent again when they fail; filled in by the caller. */
  public AttemptStats attempts() {
    AttemptStats present = attempts;
    if (present == null) {
      present = new AttemptStats();
      attempts = present;
    }
    return present;
  }

  /** As above; absent where every request is sent once. */
  public Optional<AttemptStats> retries() {
    return Optional.ofNullable(attempts);
  }

  public void addBody(long bytes) {
    bodyBytes += bytes;
  }

  public void merge(StepStats other) {
    response.merge(other.response);
    service.merge(other.service);
    queued.merge(other.queued);
    errors.merge(other.errors);
    if (other.gaps != null) {
      gapCell().merge(other.gaps);
    }
    if (other.attempts != null) {
      attempts().merge(other.attempts);
    }
    unsent += other.unsent;
    bodyBytes += other.bodyBytes;
  }

  public StepKey key() {
    return key;
  }

  /** The key as results show it. */
  public String name() {
    return key.text();
  }

  /** Requests that were sent or should have been. */
  public long count() {
    return response.count() + unsent;
  }

  /** Requests that left. */
  public long sent() {
    return response.count();
  }

  /** Requests that were answered, rightly or wrongly. */
  public long answered() {
    long silent = 0;
    for (ErrorKind kind : ErrorKind.values()) {
      if (kind.wasSent() && !kind.wasAnswered()) {
        silent += errors.count(kind);
      }
    }
    return sent() - silent;
  }

  /** Requests that failed, those that never left included. */
  public long failed() {
    return errors.total();
  }

  /** From the intended start to the last byte. */
  public Cell response() {
    return response;
  }

  /** From sending to the last byte. */
  public Cell service() {
    return service;
  }

  /** From the intended start to sending: how long it waited in the generator. */
  public Cell queued() {
    return queued;
  }

  /** Between two messages of a stream, or between one sent and its answer; absent elsewhere. */
  public Optional<Cell> gaps() {
    return Optional.ofNullable(gaps);
  }

  public ErrorLog errors() {
    return errors;
  }

  /** The length of all bodies received. */
  public long bodyBytes() {
    return bodyBytes;
  }
}
