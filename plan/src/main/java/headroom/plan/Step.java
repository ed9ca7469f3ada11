package headroom.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One thing a virtual user does. */
public sealed interface Step {

  /** Something a protocol does, whose latency is measured. */
  sealed interface Measured extends Step {
    /** Under which results are kept; steps of equal name share one distribution. */
    String name();

    /** From the moment of sending; absent for the plan's. */
    Optional<Duration> timeout();

    /** Each knows what is in it. */
    @Override
    Set<String> used();
  }

  /** A pause: it delays the intended start of what follows and is no part of any latency. */
  record Think(ThinkTime time) implements Step {}

  /**
   * A request whose latency is measured.
   *
   * @param name under which results are kept; steps of equal name share one distribution
   * @param target path and query, beginning with a slash
   * @param timeout from the moment of sending; absent for the plan's
   * @param idempotence present for a write that must take effect once when it is sent again
   * @param retry whether and how the client sends it again when it fails; absent for the plan's way
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
      Optional<Idempotence> idempotence,
      Optional<Retry> retry)
      implements Measured {
    public Request {
      headers = List.copyOf(headers);
      saves = List.copyOf(saves);
    }

    /** The same with other headers. */
    public Request withHeaders(List<Header> others) {
      return new Request(
          name, method, target, others, body, expect, saves, timeout, idempotence, retry);
    }

    /** Whether it must take effect once when it is sent again. */
    public boolean idempotent() {
      return idempotence.isPresent();
    }

    @Override
    public Set<String> used() {
      var used = new TreeSet<>(target.variables());
      headers.forEach(header -> used.addAll(header.value().variables()));
      body.ifPresent(content -> used.addAll(content.content().variables()));
      idempotence
          .flatMap(Idempotence::verify)
          .ifPresent(verify -> {
            used.addAll(verify.read().target().variables());
            verify.read().headers().forEach(h -> used.addAll(h.value().variables()));
          });
      expect.checks().forEach(check -> used.addAll(check.variables()));
      return used;
    }

    @Override
    public List<String> saved() {
      return saves.stream().map(Save::variable).toList();
    }

    /** Method and path as written: {@code GET /balance}. */
    public static String defaultName(Method method, Template target) {
      String path = target.source();
      int query = path.indexOf('?');
      return method + " " + (query < 0 ? path : path.substring(0, query));
    }
  }

  /**
   * A statement that is run on the plan's database.
   *
   * @param rows how many it must read or change
   * @param timeout from the moment it goes to the database; absent for the plan's
   */
  record Statement(
      String name, SqlText text, RowRange rows, List<ColumnSave> saves, Optional<Duration> timeout)
      implements Measured {
    private static final int LONGEST_NAME = 60;

    public Statement {
      saves = List.copyOf(saves);
    }

    @Override
    public Set<String> used() {
      return new TreeSet<>(text.variables());
    }

    @Override
    public List<String> saved() {
      return saves.stream().map(ColumnSave::variable).toList();
    }

    /** The statement on one line, cut when it is long. */
    public static String defaultName(SqlText text) {
      String line = text.source().replaceAll("\\s+", " ");
      return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "…";
    }
  }

  /** Numbers of rows between two, both included. */
  record RowRange(int min, int max) {
    public static final RowRange ANY = new RowRange(0, Integer.MAX_VALUE);

    public RowRange {
      if (min < 0 || max < min) {
        throw new IllegalArgumentException(
            "rows must be min..max with 0 <= min <= max, got %d..%d".formatted(min, max));
      }
    }

    public boolean holds(long rows) {
      return rows >= min && rows <= max;
    }

    @Override
    public String toString() {
      return min == max ? Integer.toString(min) : min + ".." + max;
    }
  }

  /** Keeps a column of the first row in a variable of the virtual user. */
  record ColumnSave(String variable, String column) {}

  /**
   * Server-sent events: measured is the time to the first, and those between them beside it.
   *
   * @param timeout for the first event, and after the end of {@code until}; absent for the plan's
   */
  record Events(
      String name, Template target, List<Header> headers, Until until, Optional<Duration> timeout)
      implements Measured {
    public Events {
      headers = List.copyOf(headers);
    }

    @Override
    public Set<String> used() {
      var used = new TreeSet<>(target.variables());
      headers.forEach(header -> used.addAll(header.value().variables()));
      return used;
    }
  }

  /** When enough has come: after so many events or so long, whichever is first. */
  record Until(OptionalInt events, Optional<Duration> lasts) {
    public Until {
      if (events.isEmpty() && lasts.isEmpty()) {
        throw new IllegalArgumentException("until needs events, for, or both");
      }
    }
  }

  /**
   * A WebSocket: measured is the time to the first message, and those between messages, or between
   * one that was sent and the answer, beside it.
   *
   * @param timeout for the whole talk; absent for the plan's
   */
  record Socket(
      String name,
      Template target,
      List<Header> headers,
      List<Talk> talk,
      Optional<Duration> timeout)
      implements Measured {
    public Socket {
      headers = List.copyOf(headers);
      talk = List.copyOf(talk);
      if (talk.stream().noneMatch(line -> line instanceof Talk.Receive)) {
        throw new IllegalArgumentException("a talk must receive something to be measured");
      }
    }

    @Override
    public Set<String> used() {
      var used = new TreeSet<>(target.variables());
      headers.forEach(header -> used.addAll(header.value().variables()));
      var said = new TreeSet<String>();
      for (Talk line : talk) {
        switch (line) {
          case Talk.Send send ->
              send.text().variables().stream()
                  .filter(name -> !said.contains(name))
                  .forEach(used::add);
          case Talk.Receive receive -> receive.saves().forEach(save -> said.add(save.variable()));
        }
      }
      return used;
    }

    @Override
    public List<String> saved() {
      return talk.stream()
          .filter(Talk.Receive.class::isInstance)
          .flatMap(line -> ((Talk.Receive) line).saves().stream())
          .map(PathSave::variable)
          .toList();
    }
  }

  /**
   * A text over a plain TCP connection, and the line that answers it.
   *
   * @param expect what that line must begin with; empty for anything
   */
  record Tcp(
      String name, String host, int port, Template send, String expect, Optional<Duration> timeout)
      implements Measured {
    /** Host and port. */
    public String place() {
      return host + ":" + port;
    }

    /** The address as what a plan without requests loads. */
    public URI target() {
      return URI.create("tcp://" + place());
    }

    @Override
    public Set<String> used() {
      return new TreeSet<>(send.variables());
    }
  }

  /** A line of what is said on a WebSocket. */
  sealed interface Talk {
    record Send(Template text) implements Talk {}

    /**
     * Waits for messages.
     *
     * @param contains what must be in them; others are passed over
     * @param saves out of the last of them
     */
    record Receive(int count, Optional<String> contains, List<PathSave> saves) implements Talk {
      public Receive {
        saves = List.copyOf(saves);
      }
    }
  }

  /** Keeps a value of a JSON message in a variable of the virtual user. */
  record PathSave(String variable, JsonPath path) {}

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
      case Measured measured -> List.of();
      case HandOver over -> List.of();
    };
  }

  /** The variables that this step itself needs a value of, not those within it. */
  default Set<String> used() {
    return this instanceof When when ? Set.of(when.variable()) : Set.of();
  }

  /** The variables to which this step itself gives a value. */
  default List<String> saved() {
    return List.of();
  }

  /** Whether the target has to do something for this step itself, so that there is a latency. */
  default boolean isMeasured() {
    return this instanceof Measured;
  }

  /** Whether it goes to the plan's target. */
  default boolean isForTheTarget() {
    return this instanceof Request || isStream();
  }

  /** Whether it stays connected. */
  default boolean isStream() {
    return this instanceof Events || this instanceof Socket;
  }

  /** What is sent: the content with the type it is declared as. */
  record Body(String contentType, Template content) {}

  /** Keeps a value of the answer in a variable of the virtual user. */
  record Save(String variable, AnswerValue source) {}
}
