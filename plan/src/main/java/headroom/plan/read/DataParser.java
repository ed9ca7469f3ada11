package headroom.plan.read;

import headroom.plan.DataPlan;
import headroom.plan.SqlText;
import headroom.plan.Step;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code data} of a plan: what grows while the load runs. */
final class DataParser {
  private static final Set<String> AMOUNT = Set.of("rate", "to", "present");
  private static final Set<String> SQL =
      Set.of("sql", "jdbc", "batch", "count", "rate", "to", "present");

  private final Yaml yaml;
  private final StepParser steps;

  DataParser(Yaml yaml, StepParser steps) {
    this.yaml = yaml;
    this.steps = steps;
  }

  List<DataPlan> parse(@Nullable Entry entry) {
    var plans = new ArrayList<DataPlan>();
    if (entry != null) {
      yaml.entries(entry.value(), "data")
          .forEach((name, data) -> data(name, data.value()).ifPresent(plans::add));
    }
    return plans;
  }

  private Optional<DataPlan> data(String name, Node node) {
    Map<String, Entry> entries = new Yaml().entries(node, "data");
    boolean sql = entries.containsKey("sql") || entries.containsKey("jdbc");
    Optional<? extends DataPlan.Source> source = sql ? statement(node) : request(node);
    Optional<DataPlan.Amount> amount = amount(node, entries);
    DataPlan.Present present = present(entries, sql);
    return source.flatMap(s -> amount.map(a -> new DataPlan(name, s, a, present)));
  }

  private Optional<DataPlan.Sql> statement(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "data", SQL);
    Optional<SqlText> statement = yaml.required(node, entries, "sql", "data", SqlText::parse);
    int batch =
        yaml.value(entries.get("batch"), t -> Quantities.integer("batch", t, 1, 10_000))
            .orElse(DataPlan.Sql.DEFAULT_BATCH);
    Entry jdbc = entries.get("jdbc");
    if (jdbc == null) {
      yaml.problem(node, "data needs 'jdbc', such as jdbc:postgresql://127.0.0.1:5432/db");
      return Optional.empty();
    }
    if (!(jdbc.value() instanceof MappingNode)) {
      Optional<String> url = yaml.value(jdbc, text -> text);
      return statement.flatMap(s ->
          url.flatMap(u ->
              yaml.attempt(
                  jdbc.value(),
                  () -> new DataPlan.Sql(u, Optional.empty(), Optional.empty(), s, batch))));
    }
    Map<String, Entry> access =
        yaml.entries(jdbc.value(), "jdbc", Set.of("url", "user", "password"));
    Optional<String> url = yaml.required(jdbc.value(), access, "url", "jdbc", text -> text);
    Optional<String> user = yaml.value(access.get("user"), text -> text);
    Optional<String> password = yaml.value(access.get("password"), text -> text);
    return statement.flatMap(s ->
        url.flatMap(
            u -> yaml.attempt(jdbc.value(), () -> new DataPlan.Sql(u, user, password, s, batch))));
  }

  /** A step as in a journey, with the keys of growth taken out. */
  private Optional<DataPlan.Http> request(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      yaml.problem(node, "data must be a mapping of keys to values");
      return Optional.empty();
    }
    MappingNode step = Yaml.without(mapping, AMOUNT);
    if (step.getValue().isEmpty()) {
      yaml.problem(node, "data needs 'sql' or a request such as 'post'");
      return Optional.empty();
    }
    return steps
        .parse(step)
        .flatMap(s -> {
          if (s instanceof Step.Request request) {
            return Optional.of(new DataPlan.Http(request));
          }
          yaml.problem(node, "data are written by 'sql' or by a request");
          return Optional.empty();
        });
  }

  private Optional<DataPlan.Amount> amount(Node node, Map<String, Entry> entries) {
    Entry rate = entries.get("rate");
    Entry to = entries.get("to");
    if ((rate == null) == (to == null)) {
      yaml.problem(node, "data needs one of 'rate' and 'to'");
      return Optional.empty();
    }
    if (rate != null) {
      return yaml.value(rate, text -> new DataPlan.Rate(Quantities.rate(text)));
    }
    return yaml.value(to, text -> new DataPlan.Target(rows(text)));
  }

  private DataPlan.Present present(Map<String, Entry> entries, boolean sql) {
    Entry count = entries.get("count");
    Entry present = entries.get("present");
    if (count != null && present != null) {
      yaml.problem(count.key(), "count and present say the same: give one of them");
    }
    Optional<DataPlan.Present> query =
        sql ? yaml.value(count, DataPlan.Counted::new) : Optional.empty();
    return query
        .or(() -> yaml.value(present, text -> new DataPlan.Known(rows(text))))
        .orElse(new DataPlan.Known(0));
  }

  private static long rows(String text) {
    if (!text.matches("[0-9_]{1,18}")) {
      throw new IllegalArgumentException("rows must be a whole number, got '" + text + "'");
    }
    return Long.parseLong(text.replace("_", ""));
  }
}
