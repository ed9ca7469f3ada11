package headroom.duckdb;

import org.jspecify.annotations.Nullable;

/** A query was refused or failed; the message says why in DuckDB's words. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;

  QueryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
