package headroom.plan;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Something that goes wrong during a run, at a fixed time.
 *
 * @param atSeconds since the start of the schedule
 * @param forSeconds how long it lasts; empty for what only has a moment
 */
public record FaultPlan(double atSeconds, OptionalDouble forSeconds, Action action) {
  public FaultPlan {
    if (!(atSeconds >= 0) || (forSeconds.isPresent() && !(forSeconds.getAsDouble() > 0))) {
      throw new IllegalArgumentException(
          "a fault must be at >= 0 for > 0 seconds, got %s for %s"
              .formatted(atSeconds, forSeconds));
    }
  }

  /** When it is over: for what only has a moment, that moment. */
  public double endSeconds() {
    return atSeconds + forSeconds.orElse(0);
  }

  /** What is done. */
  public sealed interface Action {
    /** For reports. */
    String describe();
  }

  /** A fault of the network, on the proxy of that name. */
  public record OnProxy(String proxy, Fault fault) implements Action {
    @Override
    public String describe() {
      return fault.describe() + " on " + proxy;
    }
  }

  /**
   * A command, such as one that restarts a service or flushes a cache. It is run as it is, by no
   * shell.
   *
   * @param arguments the program first
   * @param undo what is run when the fault is over; empty for nothing
   * @param timeout a command that takes longer is ended and has failed
   */
  public record Command(List<String> arguments, List<String> undo, Duration timeout)
      implements Action {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public Command {
      arguments = List.copyOf(arguments);
      undo = List.copyOf(undo);
      if (arguments.isEmpty()) {
        throw new IllegalArgumentException("a command needs a program");
      }
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("timeout must be > 0, got " + timeout);
      }
    }

    /** A command that nothing undoes. */
    public static Command of(String... arguments) {
      return new Command(List.of(arguments), List.of(), DEFAULT_TIMEOUT);
    }

    @Override
    public String describe() {
      return String.join(" ", arguments);
    }
  }

  /**
   * A proxy between a service and its dependency; the service has to be told to use it.
   *
   * @param listenPort on loopback; 0 for any free one
   */
  public record Proxy(String name, int listenPort, String targetHost, int targetPort) {}
}
