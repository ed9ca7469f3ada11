package headroom.ingest.pipeline;

/**
 * The place that one request holds in the intake while it is received, waits and is worked on. Used
 * by one thread at a time, closed once.
 */
public final class Place implements AutoCloseable {
  private final Room room;
  private long bytes;

  Place(Room room) {
    this.room = room;
  }

  /**
   * Makes room for so many more bytes of the body, before they are kept.
   *
   * @throws OverloadedException when all bodies together would take too much
   */
  public void reserve(int count) throws OverloadedException {
    room.reserve(count);
    bytes += count;
  }

  /** Gives back the place and all bytes: the request has been answered. */
  @Override
  public void close() {
    room.leave(bytes);
    bytes = 0;
  }
}
