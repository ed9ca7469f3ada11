package headroom.sim.weeks;

/** The planted reason for something to be slower; each comment says what shows it in telemetry. */
public enum PlantedCause {
  DEPLOY("deploy"), // an event of that service
  DATA_GROWTH("data-growth"), // more rows in a table, its statements slower
  CACHE_DECAY("cache"), // fewer hits
  BATCH("batch"), // a job that is active in the same hours
  NEIGHBOUR("neighbour"), // processor time of the host that is not the service's own
  GARBAGE_COLLECTION("gc"), // a greater share of the time spent collecting
  RETRIES("retries"), // more calls sent again
  TRAFFIC_MIX("mix"), // a greater share of another operation
  DEPENDENCY("dependency"), // calls to one peer take longer
  NONE("none"); // nothing but the latency itself

  private final String wireName;

  PlantedCause(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
