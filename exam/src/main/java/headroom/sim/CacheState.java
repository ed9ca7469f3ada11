package headroom.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The most recently used items: a doubly linked list in arrays, the newest behind the head. */
final class CacheState {
  private static final int NONE = -1;

  private final VirtualStation.Cache cache;
  private final double[] popularity;
  private final int[] older;
  private final int[] newer;
  private final double[] loadedAt;
  private final boolean[] kept;
  private int newest = NONE;
  private int oldest = NONE;
  private int size;

  /** A cache in use for a while: the most popular items are in, loaded at random times. */
  CacheState(VirtualStation.Cache cache, SplittableRandom random) {
    this.cache = cache;
    this.popularity = new double[cache.items()];
    this.older = new int[cache.items()];
    this.newer = new int[cache.items()];
    this.loadedAt = new double[cache.items()];
    this.kept = new boolean[cache.items()];
    double sum = 0;
    for (int i = 0; i < popularity.length; i++) {
      sum += Math.pow(i + 1, -cache.exponent());
      popularity[i] = sum;
    }
    for (int i = Math.min(cache.capacity(), cache.items()) - 1; i >= 0; i--) {
      double age = Double.isInfinite(cache.ttlSeconds()) ? 0 : cache.ttlSeconds();
      insert(i, -age * random.nextDouble());
    }
  }

  /** Whether a random item is there; if not, it is afterwards. */
  boolean lookUp(SplittableRandom random, double now) {
    int item = pick(random);
    boolean hit = kept[item] && now - loadedAt[item] <= cache.ttlSeconds();
    if (kept[item]) {
      double loaded = hit ? loadedAt[item] : now;
      unlink(item);
      insert(item, loaded);
    } else {
      if (size == cache.capacity()) {
        unlink(oldest);
      }
      insert(item, now);
    }
    return hit;
  }

  private int pick(SplittableRandom random) {
    double at = random.nextDouble() * popularity[popularity.length - 1];
    int found = Arrays.binarySearch(popularity, at);
    return Math.min(popularity.length - 1, found >= 0 ? found : -found - 1);
  }

  private void insert(int item, double loaded) {
    loadedAt[item] = loaded;
    kept[item] = true;
    older[item] = newest;
    newer[item] = NONE;
    if (newest != NONE) {
      newer[newest] = item;
    }
    newest = item;
    if (oldest == NONE) {
      oldest = item;
    }
    size++;
  }

  private void unlink(int item) {
    if (newer[item] == NONE) {
      newest = older[item];
    } else {
      older[newer[item]] = older[item];
    }
    if (older[item] == NONE) {
      oldest = newer[item];
    } else {
      newer[older[item]] = newer[item];
    }
    kept[item] = false;
    size--;
  }
}
