package headroom.load.protocol.sql;

import headroom.load.result.ErrorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call, told on the caller's executor; moments are in the pool's time and were
 * taken on the thread that ran the statement. {@code began} may be missing before {@code failed}.
 */
public interface CallListener {
  /** A connection was free, and the statement goes to the database. */
  void began(long nanos);

  /**
   * The statement was run.
   *
   * @param rows read or changed
   * @param first the wanted columns of the first row; empty without a row
   */
  void succeeded(long nanos, long rows, List<@Nullable String> first);

  /** It was not run, or not to its end. */
  void failed(long nanos, ErrorKind kind, String detail);
}
