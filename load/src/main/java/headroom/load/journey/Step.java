package headroom.load.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing a virtual user does. */
public sealed interface Step {

  /** A pause: it delays the intended start of what follows and is no part of any latency. */
  record Think(ThinkTime time) implements Step {}

  /**
   * A request whose latency is measured.
   *
   * @param name under which results are kept; steps of equal name share one distribution
   * @param target path and query, beginning with a slash
   * @param timeout from the moment of sending; absent for the plan's
   * @param idempotence present for a write that must take effect once when it is sent again
   */
  record Request(
      String name,
      Method method,
      Template target,
      List<Header> headers,
      Optional<Body> body,
      Expectation expect,
      List<Save> saves,
      Optional<Duration> timeout,
      Optional<Idempotence> idempotence)
      implements Step {
    public Request {
      headers = List.copyOf(headers);
      saves = List.copyOf(saves);
    }

    /** Whether it must take effect once when it is sent again. */
    public boolean idempotent() {
      return idempotence.isPresent();
    }

    /** Method and path as written: {@code GET /balance}. */
    public static String defaultName(Method method, Template target) {
      String path = target.source();
      int query = path.indexOf('?');
      return method + " " + (query < 0 ? path : path.substring(0, query));
    }
  }

  /** One of several ways, by their shares. */
  record Choice(List<Option> options) implements Step {
    public Choice {
      options = List.copyOf(options);
      if (!(options.stream().mapToDouble(Option::share).sum() > 0)) {
        throw new IllegalArgumentException("the shares of a choice must add up to more than 0");
      }
    }
  }

  /** A way that a share of the users takes, relative to the shares of the others. */
  record Option(double share, List<Step> steps) {
    public Option {
      steps = List.copyOf(steps);
      if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("share must be >= 0, got " + share);
      }
    }
  }

  /** One way when a variable has a value, another when it has not. */
  record When(String variable, String value, List<Step> then, List<Step> otherwise)
      implements Step {
    public When {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** The same steps again, a number of times between the two. */
  record Repeat(int min, int max, List<Step> steps) implements Step {
    public Repeat {
      steps = List.copyOf(steps);
      if (min < 0 || max < min) {
        throw new IllegalArgumentException(
            "a loop must run min..max times with 0 <= min <= max, got %d..%d".formatted(min, max));
      }
    }
  }

  /** Steps whose response times are also added up under a name of their own, pauses left out. */
  record Group(String name, List<Step> steps) implements Step {
    public Group {
      steps = List.copyOf(steps);
      if (name.isBlank()) {
        throw new IllegalArgumentException("a group needs a name");
      }
    }
  }

  /** Goes on with another journey, what was saved kept; what follows this step is not reached. */
  record HandOver(String journey) implements Step {}

  /** The verbs a step may use. */
  enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /** Whether a request may be repeated on a fresh connection without a second effect. */
    public boolean isSafeToRepeat() {
      return this != POST && this != PATCH;
    }
  }

  record Header(String name, Template value) {}

  /** The steps within this one, in the order they were written. */
  default List<Step> inner() {
    return switch (this) {
      case Choice choice ->
          choice.options().stream().flatMap(option -> option.steps().stream()).toList();
      case When when -> Stream.concat(when.then().stream(), when.otherwise().stream()).toList();
      case Repeat repeat -> repeat.steps();
      case Group group -> group.steps();
      case Think think -> List.of();
      case Request request -> List.of();
      case HandOver over -> List.of();
    };
  }

  /** What is sent: the content with the type it is declared as. */
  record Body(String contentType, Template content) {}

  /** What counts as success. */
  record Expectation(
      List<StatusRange> statuses, @Nullable String bodyContains, List<Check> checks) {
    /** Any answer below 400. */
    public static final Expectation DEFAULT =
        new Expectation(List.of(new StatusRange(100, 399)), null, List.of());

    public Expectation {
      statuses = List.copyOf(statuses);
      checks = List.copyOf(checks);
    }

    /** The same with one check more. */
    public Expectation and(Check check) {
      var all = new ArrayList<>(checks);
      all.add(check);
      return new Expectation(statuses, bodyContains, all);
    }

    public static Expectation status(int status) {
      return new Expectation(List.of(new StatusRange(status, status)), null, List.of());
    }

    public boolean accepts(int status) {
      for (int i = 0; i < statuses.size(); i++) {
        if (statuses.get(i).holds(status)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Statuses between two, both included. */
  record StatusRange(int from, int to) {
    boolean holds(int status) {
      return status >= from && status <= to;
    }
  }

  /** Keeps a value of the answer in a variable of the virtual user. */
  record Save(String variable, Source source) {}

  /** Where a saved value comes from. */
  sealed interface Source {
    /** A path into a JSON body, and which of several values it is. */
    record Json(JsonPath path, Pick pick) implements Source {
      public Json(JsonPath path) {
        this(path, Pick.FIRST);
      }
    }

    /** Which of several values. */
    enum Pick {
      FIRST,
      LAST,
      /** Any, with equal probability. */
      RANDOM
    }

    /** A response header, or of it the first group of a regular expression. */
    record HeaderValue(String name, Optional<Pattern> pattern) implements Source {
      public HeaderValue(String name) {
        this(name, Optional.empty());
      }
    }

    /** A cookie that the answer sets, without its attributes. */
    record Cookie(String name) implements Source {}

    /** The first group of a regular expression over the body. */
    record Regex(Pattern pattern) implements Source {}
  }
}
