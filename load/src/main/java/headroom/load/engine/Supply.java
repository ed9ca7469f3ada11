package headroom.load.engine;

import headroom.load.arrival.ArrivalCursor;
import headroom.load.arrival.ArrivalSchedule;
import headroom.plan.Profile;
import headroom.plan.RateSegment;

/** Where a worker's users come from, in time since the start of the run. */
abstract sealed class Supply {
  /** A closed user whose journey failed begins the next a little later, not to spin. */
  static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

  /** When the next user should start, {@link ArrivalCursor#END} when none is known. */
  abstract long nextNanos();

  /** Takes that user and returns its number in the run. */
  abstract long take();

  /** Whether users come whether or not earlier ones are done. */
  abstract boolean isOpen();

  /** Whether no more can be appended. */
  abstract boolean isClosed();

  /** When the last user may start. */
  abstract long endNanos();

  /** When a user that is done starts again, {@link Long#MAX_VALUE} for never. */
  abstract long againNanos(long doneNanos);

  /** A number that differs from one restart to the next. */
  abstract long nextIteration();

  abstract void append(RateSegment segment);

  abstract void seal();

  static Supply of(Profile profile, int index, int workers, long seed, boolean extendable) {
    return switch (profile) {
      case Profile.Open open -> new OpenSupply(open, index, workers, seed, extendable);
      case Profile.Closed closed -> new ClosedSupply(closed, index, workers);
    };
  }

  /** Every {@code workers}-th arrival of the schedule. */
  static final class OpenSupply extends Supply {
    private final ArrivalCursor cursor;
    private final int index;
    private final int workers;
    private boolean sealed;
    private long next;
    private boolean known;

    OpenSupply(Profile.Open profile, int index, int workers, long seed, boolean extendable) {
      this.index = index;
      this.workers = workers;
      this.sealed = !extendable;
      cursor = new ArrivalSchedule(profile.segments(), profile.spacing(), seed).cursor();
    }

    @Override
    long nextNanos() {
      while (!known) {
        next = cursor.nextNanos();
        if (next == ArrivalCursor.END) {
          return next;
        }
        known = (cursor.index() - 1) % workers == index;
      }
      return next;
    }

    @Override
    long take() {
      known = false;
      return cursor.index() - 1;
    }

    @Override
    boolean isOpen() {
      return true;
    }

    @Override
    boolean isClosed() {
      return sealed;
    }

    @Override
    long endNanos() {
      return (long) (cursor.endSeconds() * 1e9);
    }

    @Override
    long againNanos(long doneNanos) {
      return Long.MAX_VALUE;
    }

    @Override
    long nextIteration() {
      return 0;
    }

    @Override
    void append(RateSegment segment) {
      cursor.append(segment);
    }

    @Override
    void seal() {
      sealed = true;
    }
  }

  /** A fixed number of users that begin anew until the time is over. */
  static final class ClosedSupply extends Supply {
    private final Profile.Closed profile;
    private final int workers;
    private long next;
    private long iteration;

    ClosedSupply(Profile.Closed profile, int index, int workers) {
      this.profile = profile;
      this.workers = workers;
      this.next = index;
    }

    @Override
    long nextNanos() {
      return next >= profile.users()
          ? ArrivalCursor.END
          : profile.rampUp().toNanos() / profile.users() * next;
    }

    @Override
    long take() {
      long taken = next;
      next += workers;
      return taken;
    }

    @Override
    boolean isOpen() {
      return false;
    }

    @Override
    boolean isClosed() {
      return true;
    }

    @Override
    long endNanos() {
      return profile.duration().toNanos();
    }

    @Override
    long againNanos(long doneNanos) {
      return doneNanos < endNanos() ? doneNanos : Long.MAX_VALUE;
    }

    @Override
    long nextIteration() {
      return ++iteration;
    }

    @Override
    void append(RateSegment segment) {
      throw new IllegalStateException("a closed profile has no rate to extend");
    }

    @Override
    void seal() {}
  }
}
