package headroom.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The state of all stations of a system, by station and replica. */
final class StationStates {
  private final PoolState[][] pools;
  private final ProcessorState[][] processors;
  private final CacheState[][] caches;
  private final double[][] partitions;
  private final ProcessorState[] all;
  private final int replicated;
  private final double coresOfReplica;

  StationStates(VirtualSystem system, SplittableRandom random) {
    int count = system.stations().size();
    pools = new PoolState[count][];
    processors = new ProcessorState[count][];
    caches = new CacheState[count][];
    partitions = new double[count][];
    List<ProcessorState> found = new ArrayList<>();
    int firstReplicated = -1;
    for (int k = 0; k < count; k++) {
      VirtualStation station = system.stations().get(k);
      int copies = station.perReplica() ? system.replicas().most() : 1;
      if (station instanceof VirtualStation.Pool pool && pool.partitions() > 1) {
        copies = pool.partitions();
        partitions[k] = cumulated(pool);
      }
      pools[k] = new PoolState[copies];
      processors[k] = new ProcessorState[copies];
      caches[k] = new CacheState[copies];
      for (int i = 0; i < copies; i++) {
        switch (station) {
          case VirtualStation.Pool pool -> pools[k][i] = new PoolState(pool);
          case VirtualStation.Cache cache -> caches[k][i] = new CacheState(cache, random);
          case VirtualStation.Processor processor -> {
            processors[k][i] = new ProcessorState(processor, k, i);
            found.add(processors[k][i]);
          }
        }
      }
      if (station instanceof VirtualStation.Processor
          && station.perReplica()
          && firstReplicated < 0) {
        firstReplicated = k;
      }
    }
    all = found.toArray(ProcessorState[]::new);
    replicated = firstReplicated;
    coresOfReplica =
        replicated >= 0 && system.stations().get(replicated) instanceof VirtualStation.Processor one
            ? one.cores()
            : 1;
  }

  private static double[] cumulated(VirtualStation.Pool pool) {
    double[] shares = new double[pool.partitions()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += Math.pow(i + 1, -pool.skew());
      shares[i] = sum;
    }
    return shares;
  }

  /** Which part of a pool a request needs: a random one of several, else that of its replica. */
  int part(int station, int replica, SplittableRandom random) {
    double[] shares = partitions[station];
    if (shares == null) {
      return replica;
    }
    double at = random.nextDouble() * shares[shares.length - 1];
    int part = 0;
    while (part < shares.length - 1 && shares[part] <= at) {
      part++;
    }
    return part;
  }

  PoolState pool(int station, int replica) {
    PoolState[] copies = pools[station];
    return copies[copies.length == 1 ? 0 : replica];
  }

  ProcessorState processor(int station, int replica) {
    ProcessorState[] copies = processors[station];
    return copies[copies.length == 1 ? 0 : replica];
  }

  CacheState cache(int station, int replica) {
    CacheState[] copies = caches[station];
    return copies[copies.length == 1 ? 0 : replica];
  }

  /** The processor where something happens first; null without processors. */
  @Nullable ProcessorState next() {
    ProcessorState first = null;
    for (ProcessorState one : all) {
      if (first == null || one.nextEvent < first.nextEvent) {
        first = one;
      }
    }
    return first;
  }

  /** Core seconds of the instances' own processors so far. */
  double coreSecondsOfReplicas(double now) {
    double sum = 0;
    if (replicated >= 0) {
      for (ProcessorState one : processors[replicated]) {
        sum += one.coreSeconds(now);
      }
    }
    return sum;
  }

  double coresOfReplica() {
    return coresOfReplica;
  }
}
