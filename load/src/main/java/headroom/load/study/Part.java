package headroom.load.study;

/**
 * A part of a test that consists of several, such as a plateau of a capacity search.
 *
 * @param kind one word for such parts: plateau, run, phase, write
 * @param what it is, such as {@code 80/s}
 * @param number of this part, from 1
 * @param of how many there are
 * @param atMost whether {@code of} and {@code leftSeconds} are bounds, as what is found decides
 * @param doneSeconds what the parts before it took, as far as it is known
 * @param leftSeconds what this and the parts after it take, as far as it can be known
 * @param beganSeconds when it began, in the time of the run that it belongs to
 */
public record Part(
    String kind,
    String what,
    int number,
    int of,
    boolean atMost,
    double doneSeconds,
    double leftSeconds,
    double beganSeconds) {
  /** Done so far when the run that it belongs to has come so far. */
  public double doneSeconds(double runSeconds) {
    return doneSeconds + Math.max(0, runSeconds - beganSeconds);
  }

  /** What all parts take together; more than was thought when this one takes longer. */
  public double totalSeconds(double runSeconds) {
    return Math.max(doneSeconds + leftSeconds, doneSeconds(runSeconds));
  }
}
