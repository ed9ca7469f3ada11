package headroom.wall.model;

import headroom.model.Station;

/** What grows with the load when a wall is looked for; all else stays as it is today. */
sealed interface Growth {
  boolean grows(StationModel station);

  /** Whether it is this one's wall that is looked for: others are taken as below their own. */
  boolean judges(StationModel station);

  /** Only the station itself. */
  record Alone(Station judged) implements Growth {
    @Override
    public boolean grows(StationModel station) {
      return station.station().equals(judged);
    }

    @Override
    public boolean judges(StationModel station) {
      return station.station().equals(judged);
    }
  }

  /** The station and, below their own limit, the processors that its visits need. */
  record WithProcessors(Station judged) implements Growth {
    @Override
    public boolean grows(StationModel station) {
      return station.isProcessor() || station.station().equals(judged);
    }

    @Override
    public boolean judges(StationModel station) {
      return station.station().equals(judged);
    }
  }

  /** All stations. */
  record Together() implements Growth {
    @Override
    public boolean grows(StationModel station) {
      return true;
    }

    @Override
    public boolean judges(StationModel station) {
      return true;
    }
  }
}
