package headroom.duckdb;

import headroom.store.RollupStore;
import headroom.store.StoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreContractTest {
  /** As it is set by default, so that a test's few rows stay unfolded. */
  @Nested
  class Fresh extends DiskContract {
    Fresh() {
      super(DuckDbStore.Options.DEFAULT);
    }
  }

  /** Folding after every merge. */
  @Nested
  class Folded extends DiskContract {
    Folded() {
      super(new DuckDbStore.Options(128, 1, 1, Duration.ofSeconds(60)));
    }
  }

  abstract static class DiskContract extends StoreContract {
    @TempDir Path folder = Path.of("set by JUnit");

    private final DuckDbStore.Options options;

    DiskContract(DuckDbStore.Options options) {
      this.options = options;
    }

    @Override
    protected RollupStore open() throws Exception {
      return DuckDbStore.open(folder, options);
    }

    @Override
    protected RollupStore reopen(RollupStore open) throws Exception {
      open.close();
      return open();
    }
  }
}
