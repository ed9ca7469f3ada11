package headroom.sim;

import org.jspecify.annotations.Nullable;

/** Something of a virtual system that work queues for. */
public sealed interface VirtualStation {
  String name();

  /** Whether each replica of the service has its own, or all share one. */
  boolean perReplica();

  /** The same without a limit: nobody ever queues for it. */
  VirtualStation unlimited();

  /**
   * Servers that are taken one by one, first come first served: connections, threads, a lock (one
   * server), consumers.
   *
   * @param servers how many at once
   * @param acquireSeconds a request that waited so long fails; infinite: it waits for ever
   * @param longestQueue a request that finds so many waiting fails at once
   * @param partitions parts with {@code servers} each; a request needs one of a certain part, as
   *     its key says. All replicas share a pool with several
   * @param skew keys of the part with rank r, from 1, are asked for in proportion to r^−skew
   */
  record Pool(
      String name,
      Kind kind,
      int servers,
      double acquireSeconds,
      int longestQueue,
      boolean perReplica,
      int partitions,
      double skew)
      implements VirtualStation {
    public Pool {
      if (partitions < 1 || (partitions > 1 && perReplica) || !(skew >= 0)) {
        throw new IllegalArgumentException(
            "partitions >= 1, shared by all replicas, and skew >= 0 are needed, got %d and %s"
                .formatted(partitions, skew));
      }
      if (servers < 1 || longestQueue < 0 || !(acquireSeconds > 0)) {
        throw new IllegalArgumentException(
            "servers >= 1, longestQueue >= 0 and acquireSeconds > 0 are needed, got %d, %d, %s"
                .formatted(servers, longestQueue, acquireSeconds));
      }
    }

    /** One whose servers are all alike. */
    public Pool(
        String name,
        Kind kind,
        int servers,
        double acquireSeconds,
        int longestQueue,
        boolean perReplica) {
      this(name, kind, servers, acquireSeconds, longestQueue, perReplica, 1, 0);
    }

    /** The same in parts, each with as many servers. */
    public Pool partitioned(int parts, double popularitySkew) {
      return new Pool(
          name, kind, servers, acquireSeconds, longestQueue, false, parts, popularitySkew);
    }

    /** Share of the keys that the first part has. */
    public double hottestShare() {
      double sum = 0;
      for (int rank = 1; rank <= partitions; rank++) {
        sum += Math.pow(rank, -skew);
      }
      return 1 / sum;
    }

    /** Connections that requests wait for without end, one pool for each replica. */
    public static Pool of(String name, int servers) {
      return new Pool(
          name, Kind.CONNECTIONS, servers, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, true);
    }

    /** Something that only one can hold and that reports nothing. */
    public static Pool lock(String name) {
      return new Pool(name, Kind.LOCK, 1, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, false);
    }

    public Pool withServers(int other) {
      return new Pool(
          name, kind, other, acquireSeconds, longestQueue, perReplica, partitions, skew);
    }

    @Override
    public Pool unlimited() {
      return withServers(Integer.MAX_VALUE);
    }

    /** What a pool is, which decides what it reports. */
    public enum Kind {
      CONNECTIONS,
      THREADS,
      CONSUMERS,
      /** Held by one at a time, and not reported. */
      LOCK
    }
  }

  /**
   * Cores that all work shares evenly.
   *
   * @param cores as reported
   * @param ceiling share of the cores that can be used before nothing gets faster, 0..1
   * @param background cores busy without any request
   * @param crowding by which share work slows down when all cores are busy, as with hyper-threads
   *     or memory that all wait for; in proportion below that
   * @param heap memory whose collection stops all work; null for none
   */
  record Processor(
      String name,
      double cores,
      double ceiling,
      double background,
      double crowding,
      boolean perReplica,
      @Nullable CollectedHeap heap)
      implements VirtualStation {
    public Processor {
      if (!(ceiling > 0 && ceiling <= 1 && background >= 0 && crowding >= 0)) {
        throw new IllegalArgumentException(
            "a ceiling within 0..1, background >= 0 and crowding >= 0 are needed, got %s, %s, %s"
                .formatted(ceiling, background, crowding));
      }
      if (!(cores * ceiling > background)) {
        throw new IllegalArgumentException(
            "of %s cores nothing is left for requests".formatted(cores));
      }
    }

    /** Cores beside which no memory is collected. */
    public Processor(
        String name,
        double cores,
        double ceiling,
        double background,
        double crowding,
        boolean perReplica) {
      this(name, cores, ceiling, background, crowding, perReplica, null);
    }

    public Processor withHeap(CollectedHeap other) {
      return new Processor(name, cores, ceiling, background, crowding, perReplica, other);
    }

    /** Share of the time left for work when all cores are busy, at the beginning. */
    public double workingShare() {
      return heap == null ? 1 : heap.workingShare(freeCores());
    }

    /** Cores of each replica, all of them usable, nothing else running. */
    public static Processor of(String name, double cores) {
      return new Processor(name, cores, 1, 0, 0, true);
    }

    /** Cores that requests can use. */
    public double freeCores() {
      return cores * ceiling - background;
    }

    @Override
    public Processor unlimited() {
      return new Processor(name, Double.MAX_VALUE, 1, background, 0, perReplica, null);
    }
  }

  /**
   * Keeps the most recently used of many items, whose popularity falls as a power of their rank.
   *
   * @param items how many different ones are asked for
   * @param exponent popularity of rank r is r^−exponent
   * @param capacity how many it keeps
   * @param ttlSeconds an item is forgotten so long after it was loaded; infinite: never
   */
  record Cache(
      String name, int items, double exponent, int capacity, double ttlSeconds, boolean perReplica)
      implements VirtualStation {
    public Cache {
      if (items < 1 || capacity < 1 || !(exponent >= 0 && ttlSeconds > 0)) {
        throw new IllegalArgumentException(
            "items, capacity >= 1, exponent >= 0 and ttlSeconds > 0 are needed, got %d, %d, %s, %s"
                .formatted(items, capacity, exponent, ttlSeconds));
      }
    }

    @Override
    public Cache unlimited() {
      return this;
    }
  }
}
