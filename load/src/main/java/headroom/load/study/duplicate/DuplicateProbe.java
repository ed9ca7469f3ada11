package headroom.load.study.duplicate;

import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.http.Caller;
import headroom.load.protocol.http.Caller.Prepared;
import headroom.load.protocol.http.Caller.Reply;
import headroom.load.protocol.http.Caller.User;
import headroom.load.study.duplicate.DuplicateVerdict.Effect;
import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends every write that is marked {@code idempotent} again, at once and later, and sees whether it
 * took effect once.
 *
 * <p>Where nothing else is said, all answers that accept it must be equal. A copy may be refused
 * (409 while the first is under way, by the draft of the Idempotency-Key header; some answer 4xx to
 * any copy), but must not fail. With a {@code verify} request the effect is counted: by how much a
 * number changes for one write alone, for several copies at once, and for one later.
 */
public final class DuplicateProbe {
  private static final int TRIES = 3;
  private static final String KEY = "idempotency-key";

  private final Plan plan;
  private final Caller caller;
  private final Pause pause;
  private final long seed;
  private long users;

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  /** Is told before each write is probed. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param number of this write, from 1
     */
    void begins(Step.Request write, int number, int of);
  }

  private DuplicateProbe(Plan plan, Caller caller, long seed, Pause pause) {
    this.plan = plan;
    this.caller = caller;
    this.seed = seed;
    this.pause = pause;
  }

  /** Whether a plan has anything to be probed. */
  public static boolean applies(Plan plan) {
    return plan.journeys().stream().anyMatch(j -> marked(j.steps()).findAny().isPresent());
  }

  /**
   * Probes all of them, one after the other.
   *
   * @throws TargetUnusableException when the target accepts no connection
   */
  public static List<DuplicateVerdict> run(Plan plan, long seed, Pause pause, Listener listener)
      throws TargetUnusableException, InterruptedException {
    try (var caller = new Caller(plan)) {
      var probe = new DuplicateProbe(plan, caller, seed, pause);
      var verdicts = new LinkedHashMap<String, DuplicateVerdict>();
      int all =
          (int)
              plan.journeys().stream()
                  .flatMap(journey -> marked(journey.steps()))
                  .map(Step.Request::name)
                  .distinct()
                  .count();
      for (var journey : plan.journeys()) {
        for (Step.Request step : marked(journey.steps()).toList()) {
          if (!verdicts.containsKey(step.name())) {
            listener.begins(step, verdicts.size() + 1, all);
            verdicts.put(step.name(), probe.probe(journey.steps(), step));
          }
        }
      }
      return List.copyOf(verdicts.values());
    }
  }

  private static Stream<Step.Request> marked(List<Step> steps) {
    return steps.stream()
        .flatMap(step ->
            step instanceof Step.Request request
                ? Stream.of(request).filter(Step.Request::idempotent)
                : marked(step.inner()));
  }

  /** Why a try came to no result. */
  private static final class NotProbed extends Exception {
    private static final long serialVersionUID = 1;

    NotProbed(String why) {
      super(why);
    }
  }

  /** That a copy took effect again. */
  private static final class Again extends Exception {
    private static final long serialVersionUID = 1;

    Again(String what) {
      super(what);
    }
  }

  private DuplicateVerdict probe(List<Step> journey, Step.Request step)
      throws InterruptedException {
    Idempotence how = step.idempotence().orElseThrow();
    String seen = "";
    for (int tried = 1; tried <= TRIES; tried++) {
      try {
        seen = attempt(journey, step, how, seed + tried);
      } catch (NotProbed e) {
        return new DuplicateVerdict(
            step.name(), Effect.NOT_PROBED, tried, String.valueOf(e.getMessage()));
      } catch (Again e) {
        return new DuplicateVerdict(
            step.name(), Effect.AGAIN, tried, String.valueOf(e.getMessage()));
      }
    }
    return new DuplicateVerdict(step.name(), Effect.ONCE, TRIES, seen);
  }

  private String attempt(List<Step> journey, Step.Request step, Idempotence how, long things)
      throws NotProbed, Again, InterruptedException {
    Optional<BigDecimal> one =
        how.verify().isPresent()
            ? Optional.of(effectOfOne(journey, step, how.verify().get(), things))
            : Optional.empty();
    User user = walk(journey, step, things);
    Prepared write = prepare(step, user);
    Optional<BigDecimal> before = read(how, user);

    var sent = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < how.copies(); i++) {
      sent.add(caller.begin(write));
    }
    var replies = new ArrayList<Reply>();
    sent.forEach(future -> replies.add(future.join()));
    Optional<BigDecimal> between = read(how, user);
    pause.await(how.later());
    replies.add(caller.send(write));
    Optional<BigDecimal> after = read(how, user);

    if (one.isPresent() && before.isPresent() && between.isPresent() && after.isPresent()) {
      count(how, one.get(), before.get(), between.get(), after.get());
    }
    compare(step, how, replies);
    return tell(step, how, replies);
  }

  /** By how much the number changes when the write is sent once; by a user like the next one. */
  private BigDecimal effectOfOne(
      List<Step> journey, Step.Request step, Idempotence.Verify verify, long things)
      throws NotProbed, InterruptedException {
    User user = walk(journey, step, things);
    BigDecimal before = number(verify, user);
    Reply reply = caller.send(prepare(step, user));
    Optional<String> problem = Caller.take(reply, user);
    if (problem.isPresent()) {
      throw new NotProbed("sent once it was not accepted: " + problem.get());
    }
    BigDecimal change = number(verify, user).subtract(before);
    if (change.signum() == 0) {
      throw new NotProbed(
          "one write does not change the number that 'verify' reads, which stays at " + before);
    }
    return change;
  }

  private Prepared prepare(Step.Request step, User user) {
    boolean keyed =
        Stream.concat(plan.headers().stream(), step.headers().stream())
            .anyMatch(header -> header.name().equalsIgnoreCase(KEY));
    return keyed
        ? caller.prepare(step, user)
        : caller.prepare(step, user, KEY, user.value("uuid").orElse("") + "-" + users);
  }

  private Optional<BigDecimal> read(Idempotence how, User user)
      throws NotProbed, InterruptedException {
    return how.verify().isPresent()
        ? Optional.of(number(how.verify().get(), user))
        : Optional.empty();
  }

  private BigDecimal number(Idempotence.Verify verify, User user)
      throws NotProbed, InterruptedException {
    Reply reply = caller.send(caller.prepare(verify.read(), user));
    Optional<String> problem = Caller.take(reply, user);
    if (problem.isPresent()) {
      throw new NotProbed("'verify' was not answered: " + problem.get());
    }
    String text = reply.at(verify.number()).orElse("nothing");
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new NotProbed(
          "'verify' must read a number at %s, got '%s'".formatted(verify.number(), text));
    }
  }

  private static void count(
      Idempotence how, BigDecimal one, BigDecimal before, BigDecimal between, BigDecimal after)
      throws Again {
    BigDecimal atOnce = between.subtract(before);
    if (atOnce.compareTo(one) != 0) {
      throw new Again(
          "%d copies at once changed %s by %s; one write changes it by %s"
              .formatted(how.copies(), path(how), plain(atOnce), plain(one)));
    }
    BigDecimal later = after.subtract(between);
    if (later.signum() != 0) {
      throw new Again(
          "a copy sent %d ms later changed %s once more, by %s"
              .formatted(how.later().toMillis(), path(how), plain(later)));
    }
  }

  private static String path(Idempotence how) {
    return how.verify().map(Idempotence.Verify::number).map(JsonPath::toString).orElse("");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static void compare(Step.Request step, Idempotence how, List<Reply> replies)
      throws NotProbed, Again {
    for (Reply reply : replies) {
      if (reply.status() == 0 || reply.status() >= 500) {
        throw new Again(
            "a copy was neither answered like the first nor refused: " + reply.describe());
      }
    }
    List<Reply> accepted =
        replies.stream().filter(reply -> step.expect().accepts(reply.status())).toList();
    if (accepted.isEmpty()) {
      throw new NotProbed("no copy was accepted: " + replies.getFirst().describe());
    }
    SequencedSet<String> answers =
        accepted.stream()
            .map(reply -> answer(how, reply))
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    if (answers.size() > 1) {
      throw new Again(
          "%d copies got %d different answers: %s"
              .formatted(
                  accepted.size(),
                  answers.size(),
                  answers.stream().map(DuplicateProbe::cut).collect(Collectors.joining(" | "))));
    }
  }

  private static String answer(Idempotence how, Reply reply) {
    return how.same().isPresent()
        ? reply.at(how.same().get()).orElse("nothing at " + how.same().get())
        : reply.status() + " " + reply.text();
  }

  private static String cut(String text) {
    return text.length() <= 120 ? text : text.substring(0, 119) + "…";
  }

  private static String tell(Step.Request step, Idempotence how, List<Reply> replies) {
    long refused = replies.stream().filter(reply -> !step.expect().accepts(reply.status())).count();
    String answers =
        refused == 0
            ? "all %d copies got the same answer".formatted(replies.size())
            : "%d of %d copies were refused, the others got the same answer"
                .formatted(refused, replies.size());
    return how.verify().isPresent()
        ? "%s changed once; %s".formatted(path(how), answers)
        : answers + "; the effect itself was not read, see 'verify'";
  }

  /** Goes through a journey up to a step, by the way that leads there, without its pauses. */
  private User walk(List<Step> journey, Step.Request until, long things)
      throws NotProbed, InterruptedException {
    User user = caller.user(++users, things);
    go(journey, until, user);
    return user;
  }

  /** Whether the step was reached. */
  private boolean go(List<Step> steps, Step.Request until, User user)
      throws NotProbed, InterruptedException {
    for (Step step : steps) {
      if (step.equals(until)) {
        return true;
      }
      if (reaches(step, until)) {
        return go(way(step, until), until, user);
      }
      if (step instanceof Step.Request request) {
        Reply reply = caller.send(caller.prepare(request, user));
        Optional<String> problem = Caller.take(reply, user);
        if (problem.isPresent()) {
          throw new NotProbed(
              "the step '%s' before it: %s".formatted(request.name(), problem.get()));
        }
      }
    }
    return false;
  }

  private static boolean reaches(Step step, Step.Request until) {
    return step.inner().stream().anyMatch(inner -> inner.equals(until) || reaches(inner, until));
  }

  /** The inner steps among which the wanted one is. */
  private static List<Step> way(Step step, Step.Request until) {
    return switch (step) {
      case Step.Choice choice ->
          choice.options().stream()
              .map(Step.Option::steps)
              .filter(steps -> holds(steps, until))
              .findFirst()
              .orElse(List.of());
      case Step.When when -> holds(when.then(), until) ? when.then() : when.otherwise();
      case Step.Repeat repeat -> repeat.steps();
      case Step.Group group -> group.steps();
      case Step.Think think -> List.of();
      case Step.HandOver over -> List.of();
      case Step.Measured measured -> List.of();
    };
  }

  private static boolean holds(List<Step> steps, Step.Request until) {
    return steps.stream().anyMatch(step -> step.equals(until) || reaches(step, until));
  }
}
