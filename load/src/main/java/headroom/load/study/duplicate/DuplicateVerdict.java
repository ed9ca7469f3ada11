package headroom.load.study.duplicate;

/**
 * What was seen of a write that was sent again.
 *
 * @param step its name
 * @param tries how often it was tried
 * @param because what was seen, in a sentence
 */
public record DuplicateVerdict(String step, Effect effect, int tries, String because) {
  /** How often it took effect. */
  public enum Effect {
    /** Once, as it should. */
    ONCE,
    /** A copy took effect again, or was answered as if it had. */
    AGAIN,
    /** It could not be tried. */
    NOT_PROBED
  }
}
