package headroom.cli.prove;

/**
 * Load that is held for a while and read: what a measurement of a wall needs of a load generator.
 */
interface PlateauLoad {
  /**
   * Holds a load and reads what it showed.
   *
   * @param perSecond requests
   * @param seconds how long
   */
  LoadLevel plateau(double perSecond, int seconds) throws GrowthEnded, InterruptedException;

  /** Goes back to a low load until what has piled up is gone. */
  void pause() throws GrowthEnded, InterruptedException;

  /** The low load that pauses go back to, in requests per second. */
  double lowPerSecond();
}
