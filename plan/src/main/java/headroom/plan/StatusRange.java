package headroom.plan;

/** Statuses between two, both included. */
public record StatusRange(int from, int to) {
  public boolean holds(int status) {
    return status >= from && status <= to;
  }
}
