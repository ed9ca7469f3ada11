package headroom.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * How alike two words are written: the number of letters that must be changed, added, removed or
 * swapped with their neighbour to make one of the other. Source: Damerau (1964), in the restricted
 * form that changes no letter twice.
 */
public final class Spelling {
  private Spelling() {}

  /** 0 for the same word; time and memory grow with the product of the lengths. */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  /** The known word that is most like this one, when few letters are different. */
  public static Optional<String> nearest(String word, Set<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(near -> distance(word, near) <= Math.max(1, (word.length() + 1) / 3));
  }
}
