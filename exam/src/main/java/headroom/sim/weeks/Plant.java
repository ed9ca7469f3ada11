package headroom.sim.weeks;

import java.util.OptionalInt;

/**
 * Something that becomes slower by a known cause, from a known hour on.
 *
 * @param service number of the service whose operations become slower
 * @param operation number of the one that does; empty for all of the service
 * @param startHour hours after the start of the history
 * @param lengthHours how long a ramp rises, a transient lasts, a nightly window is open
 * @param size the logarithm of what latency is multiplied by in the end
 */
public record Plant(
    PlantedCause cause,
    Shape shape,
    int service,
    OptionalInt operation,
    double startHour,
    double lengthHours,
    double size) {
  /** How it comes and goes. */
  public enum Shape {
    STEP,
    RAMP,
    TRANSIENT,
    NIGHTLY
  }

  /** A step at every operation of a service. */
  public static Plant step(PlantedCause cause, int service, double startHour, double size) {
    return new Plant(cause, Shape.STEP, service, OptionalInt.empty(), startHour, 0, size);
  }

  public Plant atOperation(int number) {
    return new Plant(cause, shape, service, OptionalInt.of(number), startHour, lengthHours, size);
  }

  public Plant shaped(Shape other, double hours) {
    return new Plant(cause, other, service, operation, startHour, hours, size);
  }

  /** How much of it there is, 0..1. */
  double share(double hour) {
    if (hour < startHour) {
      return 0;
    }
    double since = hour - startHour;
    return switch (shape) {
      case STEP -> 1;
      case RAMP -> Math.min(1, since / lengthHours);
      case TRANSIENT -> since < lengthHours ? 1 : 0;
      case NIGHTLY -> since % 24 < lengthHours ? 1 : 0;
    };
  }

  boolean concerns(int someService, int someOperation) {
    return service == someService && (operation.isEmpty() || operation.getAsInt() == someOperation);
  }
}
