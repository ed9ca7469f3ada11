package headroom.load.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a report, the same for text, page and JUnit.
 *
 * @param verdict one sentence that answers the question
 * @param lines what else there is to say
 */
record Section(
    String title,
    boolean held,
    String verdict,
    List<String> lines,
    List<Grid> grids,
    List<Chart> charts) {
  Section {
    lines = List.copyOf(lines);
    grids = List.copyOf(grids);
    charts = List.copyOf(charts);
  }

  /** A table; the first row is its head. */
  record Grid(String title, List<List<String>> rows) {
    Grid {
      rows = List.copyOf(rows);
    }
  }

  /** Points in a plane, both axes from zero. */
  record Chart(String title, String across, String up, List<Curve> curves) {
    Chart {
      curves = List.copyOf(curves);
    }
  }

  /**
   * @param joined whether a line goes through the points
   */
  record Curve(String name, boolean joined, List<Point> points) {
    Curve {
      points = List.copyOf(points);
    }
  }

  record Point(double x, double y) {}

  /** The section as text, the verdict first. */
  void appendTo(StringBuilder text) {
    text.append(held ? "  held    " : "  BROKEN  ").append(title).append(": ").append(verdict);
    text.append('\n');
    lines.forEach(line -> text.append("          ").append(line).append('\n'));
    for (Grid grid : grids) {
      text.append('\n');
      var rows = new ArrayList<List<String>>(grid.rows());
      Summary.table(text, rows);
    }
    text.append('\n');
  }
}
