package headroom.duckdb;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.RollupStore;
import headroom.store.Series;
import headroom.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one folder, kept by an embedded DuckDB and held by one process at a time.
 *
 * <p>What is merged is appended to one table in one transaction, and is safe when that returns. Now
 * and then it is {@linkplain Fold folded} into the tiers; reading merges what is not folded yet.
 *
 * <p>After an error that DuckDB calls fatal, such as a full disk, the database is opened anew; so
 * the store works again as soon as the cause is gone.
 */
public final class DuckDbStore implements RollupStore {
  private static final Logger log = LoggerFactory.getLogger(DuckDbStore.class);

  /**
   * How the database may use the machine.
   *
   * @param memoryMebibytes what it takes at most for its own, outside of the Java heap
   * @param threads how many it works with
   * @param foldRows after how many rows merged they are folded into the tiers; until then every
   *     read has to merge them
   * @param queryTimeout after which {@link DuckDbStore#query} gives up
   */
  public record Options(int memoryMebibytes, int threads, int foldRows, Duration queryTimeout) {
    public static final Options DEFAULT = new Options(128, 2, 100_000, Duration.ofSeconds(30));

    public Options {
      if (memoryMebibytes < 64) {
        throw new IllegalArgumentException("memoryMebibytes must be >= 64, got " + memoryMebibytes);
      }
      if (threads < 1 || foldRows < 1) {
        throw new IllegalArgumentException(
            "threads and foldRows must be >= 1, got %d and %d".formatted(threads, foldRows));
      }
    }
  }

  private final FolderLock lock;
  private final Options options;

  /** Held for reading while the session is used, for writing while it is replaced. */
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

  /** Null after a fatal error, until it can be opened again, and when closed. */
  private @Nullable Session session;

  private volatile boolean broken;
  private boolean closed;

  private DuckDbStore(FolderLock lock, Options options, Session session) {
    this.lock = lock;
    this.options = options;
    this.session = session;
  }

  /** Opens the store in a folder, which is created when it is missing. */
  public static DuckDbStore open(Path folder) throws StoreUnavailableException {
    return open(folder, Options.DEFAULT);
  }

  /** Opens the store in a folder, which is created when it is missing. */
  public static DuckDbStore open(Path folder, Options options) throws StoreUnavailableException {
    FolderLock lock = FolderLock.take(folder);
    try {
      return new DuckDbStore(lock, options, Session.open(lock.folder(), options));
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void merge(List<Rollup> rollups) {
    if (rollups.isEmpty()) {
      return;
    }
    mergeOnce(rollups);
    use(open -> {
      if (open.freshRows() >= options.foldRows()) {
        open.foldIfPossible();
      }
      return open;
    });
  }

  /**
   * When a commit fails, its rows may be there all the same: then the caller must not try again.
   */
  private void mergeOnce(List<Rollup> rollups) {
    long[] expected = new long[1];
    try {
      use(open -> {
        try {
          open.merge(rollups);
        } finally {
          expected[0] = open.freshRowsToBe();
        }
        return open;
      });
    } catch (StoreException e) {
      if (!Failures.isUncertain(e) || use(Session::freshRows) != expected[0]) {
        throw e;
      }
      log.warn("a commit that failed is kept all the same: {}", e.getMessage());
    }
  }

  @Override
  public void scan(
      Resolution resolution,
      Instant from,
      Instant to,
      Set<Measure> measures,
      Consumer<Series> consumer) {
    use(open ->
        open.database()
            .read(reader -> {
              new Scan(reader, resolution, from, to).run(measures, consumer);
              return reader;
            }));
  }

  @Override
  public Optional<Extent> extent(Resolution resolution) {
    return use(open -> open.database().read(reader -> Scan.extent(reader, resolution)));
  }

  @Override
  public void record(Event event) {
    use(open -> {
      open.record(event);
      return open;
    });
  }

  @Override
  public List<Event> events(Instant from, Instant to, String kind) {
    return use(open -> open.database().read(reader -> EventTable.read(reader, from, to, kind)));
  }

  @Override
  public void expire(Instant now) {
    use(open -> {
      open.expire(now);
      return open;
    });
  }

  /**
   * Runs SQL that can do nothing but read what is in the store. It sees the views {@code
   * ten_seconds}, {@code minutes}, {@code ten_minutes}, {@code hours} and {@code days}, with a row
   * for each series and window, and {@code events}. Their percentiles must not be averaged or
   * summed: for those of a longer time read a coarser view.
   *
   * @throws QueryException when it is not a single statement that selects, fails, or takes too long
   */
  public QueryResult query(String sql, int maxRows) throws QueryException {
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows must be >= 1, got " + maxRows);
    }
    var attempt =
        use(open -> {
          open.foldIfPossible();
          return open.database()
              .read(reader -> ReadOnlySql.run(reader, sql, maxRows, options.queryTimeout()));
        });
    if (attempt.refusal() != null) {
      throw attempt.refusal();
    }
    return Objects.requireNonNull(attempt.result());
  }

  private <T> T use(Function<Session, T> work) {
    if (broken && life.getReadHoldCount() == 0) {
      reopen();
    }
    life.readLock().lock();
    try {
      if (session == null) {
        throw new StoreException("data folder %s is closed".formatted(lock.folder()), null);
      }
      return work.apply(session);
    } catch (StoreException e) {
      broken |= Failures.isFatal(e);
      throw e;
    } finally {
      life.readLock().unlock();
    }
  }

  private void reopen() {
    life.writeLock().lock();
    try {
      if (!broken || closed) {
        return;
      }
      closeSession();
      session = Session.open(lock.folder(), options);
      broken = false;
      log.info("opened {} anew after a fatal error", lock.folder());
    } catch (StoreUnavailableException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    } finally {
      life.writeLock().unlock();
    }
  }

  private void closeSession() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (StoreException e) {
      log.warn("closing: {}", e.getMessage());
    } finally {
      session = null;
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      closed = true;
      closeSession();
      lock.close();
    } finally {
      life.writeLock().unlock();
    }
  }
}
