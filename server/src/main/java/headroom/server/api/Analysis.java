package headroom.server.api;

import headroom.detect.Finding;
import headroom.wall.Walls;
import java.util.List;

/**
 * What the faces show. Each call computes its answer anew from the store as it is now; it may take
 * a second and is never made on an event loop.
 */
public interface Analysis {
  Walls walls();

  /** Worst first. */
  List<Finding> findings();

  Actions actions();
}
