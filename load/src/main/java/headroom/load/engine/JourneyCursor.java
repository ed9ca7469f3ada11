package headroom.load.engine;

import headroom.load.protocol.Action;
import headroom.load.protocol.SplitMix;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is in a journey: the next instruction, what was drawn and saved, and what the
 * response times add up to. It stops at everything that has a latency; {@link VirtualUser} is what
 * waits for that. They are one object, since there may be a million of them.
 */
abstract class JourneyCursor implements RandomGenerator {
  private static final int[] NONE = new int[0];

  /** Instructions between two requests. */
  private static final int MOST_STEPS = 10_000;

  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

  final Worker worker;
  private final long number;
  private CompiledJourney journey;
  private final @Nullable String[] values;
  private int[] counters = NONE;
  private @Nullable OpenGroups groups;
  private long randomState;

  /** The next instruction. */
  private int at;

  /** What has a latency and comes next or is under way; absent before and after a journey. */
  private Instruction.@Nullable Send send;

  /** Whether a step of the journey has left, or could not. */
  private boolean begun;

  /** When the present step should have started; kept from step to step, whatever was late. */
  private long intendedNanos;

  /** The sum of the response times of the journey so far. */
  private long responseNanos;

  JourneyCursor(Worker worker, long number, CompiledJourney journey, long randomState) {
    this.worker = worker;
    this.number = number;
    this.journey = journey;
    this.randomState = randomState;
    this.values = worker.emptyValues();
    draw();
  }

  /** Goes to the beginning of a journey, with nothing saved. */
  final void rewind(CompiledJourney next, long seed) {
    journey = next;
    randomState = seed;
    Arrays.fill(values, null);
    counters = NONE;
    draw();
    at = 0;
    responseNanos = 0;
    groups = null;
    begun = false;
  }

  /** Gives the generated variables of the journey their values, unless they have one already. */
  private void draw() {
    List<CompiledJourney.Drawn> drawn = journey.drawn();
    for (int i = 0; i < drawn.size(); i++) {
      CompiledJourney.Drawn variable = drawn.get(i);
      if (values[variable.slot()] == null) {
        values[variable.slot()] = variable.source().draw(this, number);
      }
    }
  }

  /** SplitMix64: a sequence of its own for every user, in eight bytes. */
  @Override
  public final long nextLong() {
    randomState += GOLDEN_GAMMA;
    return SplitMix.mix(randomState);
  }

  /**
   * Goes on from a moment, summing up pauses, to the next instruction that has a latency.
   *
   * @return whether there is one, intended at {@link #intendedNanos}; false at the journey's end
   */
  final boolean next(long fromNanos) {
    long intended = fromNanos;
    Instruction.Send found = null;
    for (int steps = 0; found == null && at < journey.code().size(); steps++) {
      if (steps > MOST_STEPS) {
        // A loop without a request: no way out but the end.
        at = journey.code().size();
        break;
      }
      switch (journey.code().get(at++)) {
        case Instruction.Think think -> intended += think.time().drawNanos(this);
        case Instruction.Send next -> found = next;
        case Instruction.Jump jump -> at = jump.to();
        case Instruction.JumpUnless jump -> {
          if (!jump.value().equals(values[jump.slot()])) {
            at = jump.to();
          }
        }
        case Instruction.Choose choose -> at = choose(choose);
        case Instruction.BeginLoop loop -> beginLoop(loop);
        case Instruction.EndLoop loop -> {
          if (--counters[loop.counter()] > 0) {
            at = loop.to();
          }
        }
        case Instruction.BeginGroup group -> {
          if (groups == null) {
            groups = new OpenGroups();
          }
          groups.begin(group.group(), responseNanos);
        }
        case Instruction.EndGroup group -> endGroup(group.group());
        case Instruction.HandOver over -> {
          endGroups(false);
          journey = worker.journey(over.journey());
          counters = NONE;
          draw();
          at = 0;
        }
      }
    }
    intendedNanos = intended;
    send = found;
    return found != null;
  }

  private void endGroup(int group) {
    if (groups != null) {
      worker.stats().groupEnded(group, groups.end(group, responseNanos) * 1e-9, false);
    }
  }

  /** Ends the groups that the user is still in, such as those in which a step has failed. */
  final void endGroups(boolean aborted) {
    if (groups != null) {
      groups.endAll(
          responseNanos, (group, nanos) -> worker.stats().groupEnded(group, nanos * 1e-9, aborted));
      groups = null;
    }
  }

  private int choose(Instruction.Choose choose) {
    List<Double> shares = choose.cumulativeShares();
    double draw = nextDouble() * shares.getLast();
    int option = 0;
    while (option < shares.size() - 1 && draw >= shares.get(option)) {
      option++;
    }
    return choose.targets().get(option);
  }

  private void beginLoop(Instruction.BeginLoop loop) {
    int times = loop.min() + (int) (nextDouble() * (loop.max() - loop.min() + 1));
    if (times == 0) {
      at = loop.exit();
      return;
    }
    if (counters.length == 0) {
      counters = new int[journey.loops()];
    }
    counters[loop.counter()] = times;
  }

  /** Sets when a journey that has not begun yet should. */
  final void intend(long nanos) {
    intendedNanos = nanos;
    send = null;
  }

  /** The present step has ended. */
  final void addResponse(long untilNanos) {
    responseNanos += untilNanos - intendedNanos;
  }

  final boolean isAtEnd() {
    return at >= journey.code().size();
  }

  final CompiledJourney journey() {
    return journey;
  }

  final long number() {
    return number;
  }

  final long intendedNanos() {
    return intendedNanos;
  }

  final double responseSeconds() {
    return responseNanos * 1e-9;
  }

  public final @Nullable String[] values() {
    return values;
  }

  final void begun() {
    begun = true;
  }

  final boolean hasBegun() {
    return begun;
  }

  final Action action() {
    return present().action();
  }

  /** Which of the plan's protocols does the action. */
  final int protocol() {
    return present().protocol();
  }

  private Instruction.Send present() {
    Instruction.Send present = send;
    if (present == null) {
      throw new IllegalStateException("nothing under way at instruction " + at);
    }
    return present;
  }
}
