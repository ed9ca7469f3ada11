package headroom.load.result;

import headroom.rollup.Cell;

/**
 * What was measured at one step. Times are in seconds and hold every request that was sent,
 * whatever came of it; what could not be sent is only counted. Not safe for several threads.
 */
public final class StepStats {
  private final String name;
  private final Cell response = new Cell();
  private final Cell service = new Cell();
  private final Cell queued = new Cell();
  private final ErrorLog errors = new ErrorLog();
  private long unsent;
  private long bodyBytes;

  public StepStats(String name) {
    this.name = name;
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

  public void addBody(long bytes) {
    bodyBytes += bytes;
  }

  public void merge(StepStats other) {
    response.merge(other.response);
    service.merge(other.service);
    queued.merge(other.queued);
    errors.merge(other.errors);
    unsent += other.unsent;
    bodyBytes += other.bodyBytes;
  }

  public String name() {
    return name;
  }

  /** Requests that were sent or should have been. */
  public long count() {
    return response.count() + unsent;
  }

  /** Requests that left. */
  public long sent() {
    return response.count();
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

  public ErrorLog errors() {
    return errors;
  }

  /** The length of all bodies received. */
  public long bodyBytes() {
    return bodyBytes;
  }
}
