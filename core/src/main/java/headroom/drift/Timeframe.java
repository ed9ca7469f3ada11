package headroom.drift;

/**
 * The stretch of hours that is looked at: what is usual is learnt from the first of them, and
 * frozen; the rest is judged by it.
 *
 * <pre>
 *   from                         split                     to
 *    |—— baseline, two thirds ————|——— judged ————————————|
 * </pre>
 *
 * @param from hour since the epoch
 * @param split where judging begins
 * @param to exclusive
 */
record Timeframe(long from, long split, long to) {
  private static final int LONGEST_JUDGED = 28 * 24;

  static Timeframe of(long from, long to) {
    long judged = Math.min((to - from) / 3, LONGEST_JUDGED);
    return new Timeframe(from, to - judged, to);
  }

  int length() {
    return (int) (to - from);
  }

  /** How many hours are baseline. */
  int baseline() {
    return (int) (split - from);
  }
}
