package headroom.cli.answer;

import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is expected to come that history does not show. */
final class GrowthOptions {
  @Option(
      names = "--growth",
      paramLabel = "RATE",
      description = "traffic will grow like this from now on, such as 8%%/month or 40%%/year")
  private @Nullable String growth;

  @Option(
      names = "--launch",
      paramLabel = "DATE:FACTORx",
      description = "multiplies traffic from a day on, such as 2026-12-01:2.5x; may be repeated")
  private List<String> launches = List.of();

  GrowthPlan plan() {
    try {
      GrowthPlan plan = growth == null ? GrowthPlan.NONE : GrowthPlan.NONE.withGrowth(growth);
      for (String launch : launches) {
        plan = plan.withLaunch(launch);
      }
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Such as --growth 8%/month --launch 2026-12-01:2.5x.");
    }
  }

  /** The same for a server, as parameters of a query. */
  List<String> query() {
    List<String> parameters = new ArrayList<>();
    if (growth != null) {
      parameters.add("growth=" + encoded(growth));
    }
    if (!launches.isEmpty()) {
      parameters.add("launch=" + encoded(String.join(",", launches)));
    }
    return parameters;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
