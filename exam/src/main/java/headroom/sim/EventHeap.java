package headroom.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Requests by rising key: a binary heap in arrays. */
final class EventHeap {
  private double[] keys = new double[64];
  private @Nullable Request[] requests = new Request[64];
  private int[] tickets = new int[64];
  private int size;

  int size() {
    return size;
  }

  /** The lowest key; infinite when empty. */
  double first() {
    return size == 0 ? Double.POSITIVE_INFINITY : keys[0];
  }

  /** The ticket that the first request had when it was added. */
  int firstTicket() {
    return tickets[0];
  }

  void add(double key, Request request) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      requests = Arrays.copyOf(requests, 2 * size);
      tickets = Arrays.copyOf(tickets, 2 * size);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, key, request, request.ticket);
  }

  /** Takes out the request with the lowest key, of which there must be one. */
  Request remove() {
    Request first = requests[0];
    if (first == null) {
      throw new IllegalStateException("the heap is empty");
    }
    size--;
    double key = keys[size];
    Request last = requests[size];
    int ticket = tickets[size];
    requests[size] = null;
    if (size > 0 && last != null) {
      int hole = 0;
      for (int child = 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && keys[child + 1] < keys[child]) {
          child++;
        }
        if (keys[child] >= key) {
          break;
        }
        move(child, hole);
        hole = child;
      }
      put(hole, key, last, ticket);
    }
    return first;
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    requests[to] = requests[from];
    tickets[to] = tickets[from];
  }

  private void put(int at, double key, Request request, int ticket) {
    keys[at] = key;
    requests[at] = request;
    tickets[at] = ticket;
  }
}
