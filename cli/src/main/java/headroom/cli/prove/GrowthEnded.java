package headroom.cli.prove;

/** Load could not be grown any further; the message says why. */
final class GrowthEnded extends Exception {
  private static final long serialVersionUID = 1L;

  GrowthEnded(String why) {
    super(why);
  }
}
