package headroom.wall.evidence;

/**
 * One station with what its use tells.
 *
 * @param use how busy it was
 * @param fit the demand that shows in that
 * @param spread of its work over instances
 */
public record Watched(StationUse use, DemandFit fit, Spread spread) {
  /** The work of one request at this station, of all instances together, in server seconds. */
  public double perRequest(double peakPerSecond) {
    return fit.central().atPeak() / peakPerSecond / spread.busiest();
  }
}
