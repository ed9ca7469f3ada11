package headroom.cli.prove;

/** Is told how a proof goes, for whoever watches. */
public interface Narrator {
  /** Something worth a line of its own. */
  void say(String line);

  /**
   * How far the present part is.
   *
   * @param share 0..1
   */
  void progress(String part, double share, String detail);
}
