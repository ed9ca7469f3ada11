package headroom.plan;

import java.util.List;
import java.util.random.RandomGenerator;

/** Where a variable's value comes from when a virtual user begins. */
public sealed interface ValueSource {
  String draw(RandomGenerator random, long arrival);

  /** A whole number within the bounds, each as likely as any other. */
  record IntegerBetween(long min, long max) implements ValueSource {
    public IntegerBetween {
      if (max < min) {
        throw new IllegalArgumentException("max must be >= min, got %d < %d".formatted(max, min));
      }
    }

    @Override
    public String draw(RandomGenerator random, long arrival) {
      return Long.toString(
          max == Long.MAX_VALUE ? random.nextLong(min, max) : random.nextLong(min, max + 1));
    }
  }

  /** One of the values. */
  record OneOf(List<String> values) implements ValueSource {
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values must not be empty");
      }
    }

    @Override
    public String draw(RandomGenerator random, long arrival) {
      return values.get(random.nextInt(values.size()));
    }
  }

  /** The number of the arrival, counted from 1: no two users of a run share it. */
  record Sequence() implements ValueSource {
    @Override
    public String draw(RandomGenerator random, long arrival) {
      return Long.toString(arrival + 1);
    }
  }

  /** A column of a feeder; the row follows from the user's number. */
  record Fed(String feeder, List<String> values, Feeder.Order order) implements ValueSource {
    public Fed {
      values = List.copyOf(values);
    }

    @Override
    public String draw(RandomGenerator random, long arrival) {
      return values.get(Feeder.row(feeder, order, values.size(), arrival));
    }
  }

  /** A random UUID, reproducible from the seed. */
  record Uuid() implements ValueSource {
    @Override
    public String draw(RandomGenerator random, long arrival) {
      long high = (random.nextLong() & ~0xF000L) | 0x4000L;
      long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new java.util.UUID(high, low).toString();
    }
  }
}
