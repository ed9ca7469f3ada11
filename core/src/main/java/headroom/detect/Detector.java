package headroom.detect;

import java.util.List;

/** A rule that reads a history and claims what is wrong. */
@FunctionalInterface
interface Detector {
  List<Finding> detect(Observation observation);
}
