package headroom.testkit;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A property checked on many seeded random cases.
 *
 * <pre>{@code
 * ForAll.cases(1_000).check(random -> new long[] {random.nextLong(), random.nextLong()}, pair -> ...);
 * }</pre>
 *
 * A failure names the case and the seed; {@code -Dheadroom.seed=N} repeats the run.
 */
public final class ForAll {
  private static final long DEFAULT_SEED = 20_261_121L;

  private final int cases;
  private final long seed;

  private ForAll(int cases, long seed) {
    this.cases = cases;
    this.seed = seed;
  }

  /** As many cases as given, from the default seed or the one in {@code -Dheadroom.seed}. */
  public static ForAll cases(int cases) {
    return new ForAll(cases, Long.getLong("headroom.seed", DEFAULT_SEED));
  }

  /**
   * Draws each case with {@code generator} and hands it to {@code property}, which throws when it
   * does not hold.
   */
  public <T> void check(Function<RandomGenerator, T> generator, Property<T> property) {
    var seeds = new SplittableRandom(seed);
    for (int i = 0; i < cases; i++) {
      long caseSeed = seeds.nextLong();
      T value = generator.apply(new SplittableRandom(caseSeed));
      try {
        property.check(value);
      } catch (Throwable failure) {
        throw new AssertionError(
            "case %d of %d, seed %d (repeat with -Dheadroom.seed=%d): %s: %s"
                .formatted(i + 1, cases, seed, seed, show(value), failure.getMessage()),
            failure);
      }
    }
  }

  private static String show(Object value) {
    String text = Objects.toString(value);
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }

  /** A law; throws when the value breaks it. */
  @FunctionalInterface
  public interface Property<T> {
    void check(T value) throws Exception;
  }
}
