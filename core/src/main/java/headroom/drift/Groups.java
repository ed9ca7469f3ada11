package headroom.drift;

import headroom.drift.Drift.Shape;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Changes that are one: in the same service or along a call, and begun at about the same time. The
 * first of a group is where it is largest, for what waits for it shows only a part of it.
 */
final class Groups {
  private static final int TOGETHER_HOURS = 12;
  private static final double TOGETHER_SHARE = 0.25;

  private Groups() {}

  static List<List<Target>> of(List<Target> changed, Landscape landscape) {
    int n = changed.size();
    int[] group = new int[n];
    for (int i = 0; i < n; i++) {
      group[i] = i;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (belong(changed.get(i), changed.get(j), landscape)) {
          int from = group[i];
          int to = group[j];
          for (int k = 0; k < n; k++) {
            group[k] = group[k] == from ? to : group[k];
          }
        }
      }
    }
    List<List<Target>> groups = new ArrayList<>();
    for (int id = 0; id < n; id++) {
      List<Target> members = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        if (group[i] == id) {
          members.add(changed.get(i));
        }
      }
      if (!members.isEmpty()) {
        groups.add(rank(members));
      }
    }
    return groups;
  }

  private static boolean belong(Target one, Target other, Landscape landscape) {
    if (!landscape.areLinked(one.service, other.service)) {
      return false;
    }
    Change a = Objects.requireNonNull(one.change());
    Change b = Objects.requireNonNull(other.change());
    if (a.shape() == Shape.NIGHTLY || b.shape() == Shape.NIGHTLY) {
      return a.shape() == b.shape() && Math.abs((a.tau() - b.tau()) % 24) <= 3;
    }
    int lasted = landscape.span.length() - Math.min(a.tau(), b.tau());
    return Math.abs(a.tau() - b.tau()) <= Math.max(TOGETHER_HOURS, TOGETHER_SHARE * lasted);
  }

  private static List<Target> rank(List<Target> members) {
    double plainest = members.stream().mapToDouble(Groups::z).max().orElse(0);
    List<Target> ranked = new ArrayList<>(members);
    ranked.sort(
        Comparator.<Target>comparingInt(target -> z(target) >= 0.5 * plainest ? 0 : 1)
            .thenComparingInt(target -> target.measure == Measure.ACTION ? 1 : 0)
            .thenComparing(
                Comparator.<Target>comparingDouble(
                        target -> Objects.requireNonNull(target.change()).size())
                    .reversed()));
    return ranked;
  }

  private static double z(Target target) {
    return Objects.requireNonNull(target.change()).z();
  }
}
