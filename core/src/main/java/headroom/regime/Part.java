package headroom.regime;

/**
 * A part of the time of an operation: its own work, a statement, a call to a peer that sends no
 * telemetry; or the whole of it.
 *
 * @param what it is, such as {@code its statement SELECT 1}; empty for the whole
 */
record Part(String service, String operation, String what) {
  boolean isWhole() {
    return what.isEmpty();
  }

  Part whole() {
    return new Part(service, operation, "");
  }

  /** As a reader is told. */
  String text() {
    return isWhole() ? service + " " + operation : what + " of " + service + " " + operation;
  }
}
