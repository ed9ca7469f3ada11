package headroom.wall.evidence;

import static headroom.wall.belief.ResponseTimes.DISTURBED;
import static headroom.wall.belief.ResponseTimes.FEWEST_CALM_ROWS;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Series;
import java.util.BitSet;
import java.util.List;

/**
 * The windows in which nearly no call failed. In the others stations do work that is repeated, or
 * that nobody waits for any more: how much they do for a request cannot be learnt there.
 */
public final class CalmTime {
  private final BitSet disturbed = new BitSet();

  public CalmTime(History history, Traffic traffic) {
    for (Series calls : history.of(Measure.CALL)) {
      for (Series.Window window : calls.windows()) {
        int index = traffic.indexOf(window.start());
        if (index >= 0 && window.cell().errors() > DISTURBED * window.cell().count()) {
          // What was begun in it is done in the next.
          disturbed.set(index, index + 2);
        }
      }
    }
  }

  /** The same station seen only then; all of it where too little would be left. */
  public StationUse of(StationUse use) {
    List<StationUse.Sample> calm =
        use.samples().stream()
            .filter(sample -> {
              int next = disturbed.nextSetBit(sample.from());
              return next < 0 || next >= sample.to();
            })
            .toList();
    return calm.size() < FEWEST_CALM_ROWS || calm.size() == use.samples().size()
        ? use
        : use.withSamples(calm);
  }
}
