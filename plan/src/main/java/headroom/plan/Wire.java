package headroom.plan;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How requests travel, as opposed to what they say.
 *
 * @param http 1.1 or 2; the latter over TLS by agreement, else with prior knowledge
 * @param followRedirects whether an answer that says where to ask instead is followed, on the same
 *     host and at most ten times; otherwise it is a failure unless the step expects its status
 * @param connectionPerUser whether every user has a connection of its own, instead of a shared pool
 * @param lookUpEach whether the target's name is looked up for every connection, instead of once
 * @param proxy an HTTP proxy such as {@code http://user:secret@host:port}
 * @param sources addresses of this machine to connect from, in turn, where one has too few ports
 * @param database where statements run
 * @param retry what becomes of requests that fail, for steps that do not say it themselves; absent
 *     for sending each once
 */
public record Wire(
    Http http,
    boolean followRedirects,
    boolean connectionPerUser,
    boolean lookUpEach,
    Optional<URI> proxy,
    List<String> sources,
    Optional<Database> database,
    Optional<Retry> retry) {
  /** The version of HTTP. */
  public enum Http {
    ONE,
    TWO
  }

  /** HTTP/1.1 over a shared pool, straight to the one address of the target. */
  public static final Wire DEFAULT =
      new Wire(
          Http.ONE,
          false,
          false,
          false,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  public Wire {
    sources = List.copyOf(sources);
  }

  public Wire withHttp(Http version) {
    return new Wire(
        version, followRedirects, connectionPerUser, lookUpEach, proxy, sources, database, retry);
  }

  public Wire withRedirects(boolean follow) {
    return new Wire(http, follow, connectionPerUser, lookUpEach, proxy, sources, database, retry);
  }

  public Wire withConnectionPerUser() {
    return new Wire(http, followRedirects, true, lookUpEach, proxy, sources, database, retry);
  }

  public Wire withLookUpEach() {
    return new Wire(
        http, followRedirects, connectionPerUser, true, proxy, sources, database, retry);
  }

  public Wire withProxy(URI through) {
    return new Wire(
        http,
        followRedirects,
        connectionPerUser,
        lookUpEach,
        Optional.of(through),
        sources,
        database,
        retry);
  }

  public Wire withSources(List<String> addresses) {
    return new Wire(
        http, followRedirects, connectionPerUser, lookUpEach, proxy, addresses, database, retry);
  }

  public Wire withDatabase(Database where) {
    return new Wire(
        http,
        followRedirects,
        connectionPerUser,
        lookUpEach,
        proxy,
        sources,
        Optional.of(where),
        retry);
  }

  /** Sends requests that fail again, unless their step says otherwise. */
  public Wire withRetry(Retry policy) {
    return new Wire(
        http,
        followRedirects,
        connectionPerUser,
        lookUpEach,
        proxy,
        sources,
        database,
        Optional.of(policy));
  }
}
