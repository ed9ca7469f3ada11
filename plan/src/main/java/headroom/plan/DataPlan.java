package headroom.plan;

import java.util.Optional;

/**
 * Rows that are written while the load runs, so that data grow as they do in the life of a system.
 *
 * @param name of what grows, for reports
 * @param source how a row is written; <code>${row}</code> in it is the row's number, counted on
 *     from those that are there
 * @param amount how many
 * @param present how many there are before
 */
public record DataPlan(String name, Source source, Amount amount, Present present) {
  /** The variable that every row has. */
  public static final String ROW = "row";

  /** How a row is written. */
  public sealed interface Source {
    /** What a row is made of. */
    default java.util.Set<String> variables() {
      var names = new java.util.TreeSet<String>();
      switch (this) {
        case Sql sql -> names.addAll(sql.statement().variables());
        case Http http -> {
          names.addAll(http.request().target().variables());
          http.request().headers().forEach(h -> names.addAll(h.value().variables()));
          http.request().body().ifPresent(body -> names.addAll(body.content().variables()));
        }
      }
      return names;
    }
  }

  /**
   * By a statement, in batches; its variables are bound as parameters.
   *
   * @param url of JDBC
   * @param batch rows per batch and transaction
   */
  public record Sql(
      String url, Optional<String> user, Optional<String> password, SqlText statement, int batch)
      implements Source {
    public static final int DEFAULT_BATCH = 100;

    public Sql {
      if (!url.startsWith("jdbc:")) {
        throw new IllegalArgumentException(
            "a JDBC address must begin with jdbc:, got '" + url + "'");
      }
      if (batch < 1 || batch > 10_000) {
        throw new IllegalArgumentException("batch must be 1..10000, got " + batch);
      }
    }
  }

  /** By a request to the plan's target. */
  public record Http(Step.Request request) implements Source {}

  /** How many rows. */
  public sealed interface Amount {}

  /** So many a second. */
  public record Rate(double rowsPerSecond) implements Amount {
    public Rate {
      if (!(rowsPerSecond > 0)) {
        throw new IllegalArgumentException("rate must be > 0, got " + rowsPerSecond);
      }
    }
  }

  /** So many at the end of the load, those that were there before included; evenly over time. */
  public record Target(long rows) implements Amount {}

  /** How many rows there are before the load begins. */
  public sealed interface Present {}

  public record Known(long rows) implements Present {}

  /** As a query says that reads one number; for rows that are written by a statement. */
  public record Counted(String query) implements Present {}
}
