package headroom.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A run of a {@link VirtualSystem} under a {@link Load} in virtual time, event by event. The same
 * system, load and seed give the same events.
 *
 * <p>Four kinds of events compete to be next: an arrival, the beginning of a job, a timer, and the
 * end of work at a processor.
 */
public final class Simulation {
  private final VirtualSystem system;
  private final Observer observer;
  private final PoissonStream arrivals;
  private final StationStates stations;
  private final ReplicaChoice choice;
  private final List<JobState> jobs;
  private final Agenda agenda;
  private final Execution execution;
  private long events;

  public Simulation(VirtualSystem system, Load load, long seed, Observer observer) {
    this(system, load, seed, observer, Tracer.NONE);
  }

  /** One whose requests are also traced. */
  public Simulation(VirtualSystem system, Load load, long seed, Observer observer, Tracer tracer) {
    var seeds = new SplittableRandom(seed);
    this.system = system;
    this.observer = observer;
    this.agenda = new Agenda(Program.of(system), new Spans(tracer), seeds.split());
    this.arrivals = new PoissonStream(load, system.operations(), seeds.split());
    this.stations = new StationStates(system, seeds.split());
    this.choice = new ReplicaChoice(system.replicas());
    this.jobs = system.jobs().stream().map(JobState::new).toList();
    this.execution =
        new Execution(agenda, stations, observer, system.replicas().most(), this::pieceDone);
  }

  /** Virtual seconds since the beginning. */
  public double now() {
    return agenda.now;
  }

  /** How many events were worked off. */
  public long events() {
    return events;
  }

  public VirtualSystem system() {
    return system;
  }

  /** The number of instances that run now. */
  public int running() {
    return choice.running();
  }

  /** Whether pieces of a job are worked on now. */
  public boolean isRunning(int job) {
    return jobs.get(job).isRunning();
  }

  /** Servers of a pool in use now at one instance, or of one partition. */
  public int used(int station, int replica) {
    return stations.pool(station, replica).used();
  }

  /** Requests waiting for a pool now at one instance, or for one partition. */
  public int queued(int station, int replica) {
    return stations.pool(station, replica).queued();
  }

  /** Core seconds of a processor of one instance used so far. */
  public double coreSeconds(int station, int replica) {
    return stations.processor(station, replica).coreSeconds(agenda.now);
  }

  /** Bytes in use now at a processor of one instance; 0 without a heap. */
  public double usedBytes(int station, int replica) {
    return stations.processor(station, replica).usedBytes(agenda.now);
  }

  /** Bytes that its last collection left. */
  public double liveBytes(int station, int replica) {
    return stations.processor(station, replica).liveBytes();
  }

  /** The circuit breakers of all calls that were made, as they are now. */
  public List<BreakerView> breakers() {
    return execution.breakers();
  }

  /** A circuit breaker: {@code closed}, {@code open} or {@code half_open}. */
  public record BreakerView(String peer, int replica, String state) {}

  /** Works off all events up to this moment of virtual time. */
  public void run(double untilSeconds) {
    while (true) {
      ProcessorState processor = stations.next();
      double event = processor == null ? Double.POSITIVE_INFINITY : processor.nextEvent;
      JobState job = JobState.next(jobs);
      double begin = job == null ? Double.POSITIVE_INFINITY : job.nextRun();
      double timer = agenda.timers.first();
      double next = Math.min(Math.min(arrivals.next, begin), Math.min(event, timer));
      if (next >= untilSeconds) {
        agenda.now = untilSeconds;
        return;
      }
      agenda.now = next;
      events++;
      if (processor != null && next == event) {
        work(processor);
      } else if (next == arrivals.next) {
        arrive();
      } else if (job != null && next == begin) {
        for (int i = job.begin(); i > 0; i--) {
          startPiece(system.operations().size() + jobs.indexOf(job));
        }
      } else {
        expire();
      }
      execution.proceed();
    }
  }

  private void startPiece(int program) {
    start(program).ofJob = true;
  }

  private void pieceDone(int program) {
    if (jobs.get(program - system.operations().size()).done()) {
      startPiece(program);
    }
  }

  private void work(ProcessorState processor) {
    Request done = processor.happen(agenda.now);
    if (done != null) {
      agenda.resume(done);
    } else if (processor.pauseSeconds() > 0) {
      observer.collected(
          processor.station, processor.replica, agenda.now, processor.pauseSeconds());
    }
  }

  private void arrive() {
    int operation = arrivals.take();
    if (operation >= 0) {
      start(operation);
    } else {
      choice.look(
          agenda.now, stations.coreSecondsOfReplicas(agenda.now), stations.coresOfReplica());
    }
  }

  /** A request at the instance that balancing chooses; operations have the first programs. */
  private Request start(int program) {
    return agenda.start(program, program, choice.pick(agenda.random), null, null);
  }

  private void expire() {
    int ticket = agenda.timers.firstTicket();
    Request request = agenda.timers.remove();
    if (request.ticket == ticket) {
      execution.expire(request);
    }
  }
}
