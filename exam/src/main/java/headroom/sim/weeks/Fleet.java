package headroom.sim.weeks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The services with their operations, and how everything about them moved over the weeks. */
final class Fleet {
  private static final int SERVERS = 4;
  private static final double BURST_SD = 0.05;
  private static final double BURST_PHI = 0.7;
  private static final double SERVICE_SHARE = 0.3;
  private static final double RESTART_EFFECT = 0.15;
  private static final double MIX_BOOST = 8;

  final List<List<WeeksOperation>> services = new ArrayList<>();

  /** By service and window. */
  final double[][] utilization;

  final double[][] missShare;
  final double[][] gcShare;
  final double[][] neighbour;
  final double[][] resends;

  /** Whether anything arrived of a window. */
  final boolean[] present;

  /** By service: what is left of noise for what else is drawn. */
  final SplittableRandom random;

  /** Noise that all services share. */
  final double[] common;

  private final WeeksSystem system;
  private final int windows;
  private final double hours;

  Fleet(WeeksSystem system, SplittableRandom random) {
    this.system = system;
    this.random = random;
    windows = system.windows();
    hours = system.windowHours();
    present = new boolean[windows];
    for (int t = 0; t < windows; t++) {
      present[t] = random.nextDouble() >= system.mishaps().missing();
    }
    for (int s = 0; s < system.services(); s++) {
      List<WeeksOperation> routes = new ArrayList<>();
      for (int o = 0; o < system.operations(); o++) {
        routes.add(
            new WeeksOperation(
                s, o, "GET /" + Weeks.service(s) + "/" + o, windows, random.split()));
      }
      services.add(routes);
    }
    utilization = new double[system.services()][windows];
    missShare = levels(0.1, 0.04);
    gcShare = levels(0.02, 0.1);
    neighbour = levels(0.1, 0.1);
    resends = levels(0.01, 0.15);
    common = noise();
    traffic();
    wobble();
    system.plants().forEach(this::plant);
    utilise();
  }

  private double[][] levels(double around, double sd) {
    double[][] levels = new double[system.services()][];
    for (int s = 0; s < levels.length; s++) {
      double level = around * random.nextDouble(0.6, 1.6);
      levels[s] = Noise.autoregressive(windows, hours, sd, 0.5, random);
      for (int t = 0; t < windows; t++) {
        levels[s][t] = level * Math.exp(levels[s][t]);
      }
    }
    return levels;
  }

  double[] noise() {
    return Noise.autoregressive(
        windows, hours, system.wobble().residualSd(), system.wobble().phi(), random);
  }

  /** Noise of a part of an operation's time, whose level wanders where those of operations do. */
  double[] partNoise() {
    double[] noise = noise();
    double wander = system.wobble().wander();
    if (wander > 0) {
      Noise.add(noise, Noise.wander(windows, hours, wander, random), 1);
    }
    return noise;
  }

  /** Users call the edge; each of its operations calls every so manieth of those behind it. */
  private void traffic() {
    var traffic = system.traffic();
    double weekend = random.nextDouble(0.5, 0.9);
    double night = random.nextDouble(0.2, 0.5);
    for (WeeksOperation action : services.getFirst()) {
      double[] burst = Noise.autoregressive(windows, hours, BURST_SD, BURST_PHI, random);
      for (int t = 0; t < windows; t++) {
        double hour = t * hours;
        double day = hour / 24;
        double season =
            night + (1 - night) * 0.5 * (1 - Math.cos(2 * Math.PI * (hour % 24 - 4) / 24));
        double surge = hour >= traffic.surgeHour() ? traffic.surge() : 1;
        action.requests[t] =
            traffic.perHour()
                * hours
                * action.weight
                * season
                * ((long) day % 7 >= 5 ? weekend : 1)
                * Math.pow(traffic.growthPerWeek(), day / 7)
                * surge
                * Math.exp(burst[t]);
      }
    }
    for (WeeksOperation route : behind()) {
      Noise.add(route.requests, caller(route).requests, route.weight);
    }
  }

  List<WeeksOperation> behind() {
    return services.stream().skip(1).flatMap(List::stream).toList();
  }

  WeeksOperation caller(WeeksOperation route) {
    int count = system.operations();
    return services.getFirst().get((route.service + route.number) % count);
  }

  List<WeeksOperation> callees(WeeksOperation action) {
    return behind().stream().filter(route -> caller(route) == action).toList();
  }

  private void wobble() {
    var wobble = system.wobble();
    double own = Math.max(0, 1 - wobble.shared() - SERVICE_SHARE);
    double service = 1 - wobble.shared() - own;
    for (List<WeeksOperation> routes : services) {
      double[] together = noise();
      double[] wander = Noise.wander(windows, hours, wobble.wander() / Math.sqrt(2), random);
      double[] restarts = restarts();
      for (WeeksOperation route : routes) {
        Noise.add(route.noise, common, Math.sqrt(wobble.shared()));
        Noise.add(route.noise, together, Math.sqrt(service));
        Noise.add(route.noise, noise(), Math.sqrt(own));
        Noise.add(route.noise, wander, 1);
        Noise.add(
            route.noise, Noise.wander(windows, hours, wobble.wander() / Math.sqrt(2), random), 1);
        Noise.add(route.noise, restarts, 1);
      }
    }
  }

  private double[] restarts() {
    double[] effect = new double[windows];
    for (int t = 0; t < windows; t++) {
      if (random.nextDouble() < system.mishaps().restartsPerWeek() * hours / 168) {
        effect[t] = RESTART_EFFECT;
      }
    }
    return effect;
  }

  private void plant(Plant plant) {
    double loud = random.nextDouble(1, 3);
    for (int t = 0; t < windows; t++) {
      double share = plant.share(t * hours);
      if (share > 0) {
        trace(plant, t, share, loud);
      }
      for (WeeksOperation route : services.get(plant.service())) {
        if (share > 0 && affects(plant, route)) {
          slow(plant, route, t, share * plant.size());
        }
      }
    }
  }

  static boolean affects(Plant plant, WeeksOperation route) {
    boolean isBooster = plant.cause() == PlantedCause.TRAFFIC_MIX && route.number == booster(plant);
    return plant.concerns(route.service, route.number) && !isBooster;
  }

  /** The operation of which there is more traffic. */
  static int booster(Plant plant) {
    return plant.operation().orElse(1) == 0 ? 1 : 0;
  }

  /** What a cause leaves besides latency. */
  private void trace(Plant plant, int t, double share, double loud) {
    int s = plant.service();
    double logged = share * loud * Math.max(0.15, plant.size());
    switch (plant.cause()) {
      case CACHE_DECAY -> missShare[s][t] = Math.min(0.9, missShare[s][t] * Math.exp(logged));
      case GARBAGE_COLLECTION -> gcShare[s][t] *= Math.exp(2 * logged);
      case NEIGHBOUR -> neighbour[s][t] *= Math.exp(2 * logged);
      case RETRIES -> resends[s][t] *= Math.exp(6 * logged);
      case TRAFFIC_MIX ->
          services.get(s).get(booster(plant)).requests[t] *= 1 + share * Math.min(MIX_BOOST, loud);
      case DEPLOY, DATA_GROWTH, BATCH, DEPENDENCY, NONE -> {}
    }
  }

  private void slow(Plant plant, WeeksOperation route, int t, double size) {
    switch (plant.cause()) {
      case DATA_GROWTH, BATCH -> route.slow(t, size, route.statementSeconds, route.statementEffect);
      case CACHE_DECAY -> route.effect[t] += size; // more statements, none of them slower
      case RETRIES, DEPENDENCY -> route.slow(t, size, route.callSeconds, route.callEffect);
      case DEPLOY, NEIGHBOUR, TRAFFIC_MIX, NONE ->
          route.slow(t, size, route.selfSeconds, route.selfEffect);
      case GARBAGE_COLLECTION -> {
        route.slow(t, size, route.selfSeconds, route.selfEffect);
        route.tail[t] += size;
      }
    }
  }

  private void utilise() {
    for (int s = 0; s < system.services(); s++) {
      double[] all = new double[windows];
      services.get(s).forEach(route -> Noise.add(all, route.requests, 1));
      double busiest = 0;
      for (int t = 0; t < windows && t * hours < 168; t++) {
        busiest = Math.max(busiest, all[t]);
      }
      for (int t = 0; t < windows; t++) {
        utilization[s][t] = Math.min(0.97, system.traffic().utilization() * all[t] / busiest);
      }
    }
  }

  /** Sakasegawa's approximation (1977) of the wait in a queue with several servers. */
  static double wait(double serviceSeconds, double utilization) {
    return serviceSeconds
        * Math.pow(utilization, Math.sqrt(2 * (SERVERS + 1)) - 1)
        / (SERVERS * (1 - utilization));
  }

  WeeksTruth truth(Plant plant) {
    List<String> affected = new ArrayList<>();
    List<WeeksOperation> hit =
        services.get(plant.service()).stream().filter(route -> affects(plant, route)).toList();
    hit.forEach(route -> affected.add(Weeks.service(route.service) + " " + route.name));
    for (WeeksOperation route : hit) {
      String above = Weeks.service(0) + " " + caller(route).name;
      if (route.service > 0 && !affected.contains(above)) {
        affected.add(above);
      }
    }
    return new WeeksTruth(plant, Weeks.at(plant.startHour()), blamed(plant), affected);
  }

  private String blamed(Plant plant) {
    String service = Weeks.service(plant.service());
    return switch (plant.cause()) {
      case DEPLOY -> service + " " + service + "-666";
      case DATA_GROWTH ->
          Emission.table(services.get(plant.service()).get(plant.operation().orElseThrow()));
      case CACHE_DECAY -> Machines.CACHE;
      case BATCH -> Machines.PLANTED_JOB;
      case NEIGHBOUR, GARBAGE_COLLECTION -> service;
      case RETRIES, DEPENDENCY -> Emission.partner(plant.service());
      case TRAFFIC_MIX -> services.get(plant.service()).get(booster(plant)).name;
      case NONE -> "";
    };
  }
}
