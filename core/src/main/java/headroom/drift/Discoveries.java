package headroom.drift;

import headroom.drift.Drift.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Which of many changes are no accident, with at most one in twenty of them one (Benjamini and
 * Hochberg, 1995). The chance of one series to reach z anywhere is at most that of a normal value
 * times the number of onsets that differ.
 */
final class Discoveries {
  private static final double FALSE_SHARE = 0.05;
  private static final double ONSETS = 300;
  private static final double WINDOWS = 1_500;

  private Discoveries() {}

  static List<Target> of(List<Target> targets) {
    List<Target> changed =
        targets.stream()
            .filter(target -> target.change() != null)
            .sorted(Comparator.comparingDouble(Discoveries::chance))
            .toList();
    int kept = 0;
    for (int i = 0; i < changed.size(); i++) {
      if (chance(changed.get(i)) <= FALSE_SHARE * (i + 1) / targets.size()) {
        kept = i + 1;
      }
    }
    return changed.subList(0, kept);
  }

  private static double chance(Target target) {
    Change change = Objects.requireNonNull(target.change());
    double z = change.z();
    // Mills' ratio: an upper bound of the normal tail, tight from z = 3 on.
    double tail = Math.exp(-0.5 * z * z) / (z * Math.sqrt(2 * Math.PI));
    return tail * (change.shape() == Shape.NIGHTLY ? WINDOWS : ONSETS);
  }
}
