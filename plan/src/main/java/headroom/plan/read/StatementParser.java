package headroom.plan.read;

import headroom.plan.Database;
import headroom.plan.SqlText;
import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads steps that run a statement: {@code sql}, and the {@code jdbc} settings of a plan. */
final class StatementParser implements StepReader {
  private static final Set<String> WITH_SQL = Set.of("sql", "name", "expect", "save", "timeout");

  private final Yaml yaml;

  StatementParser(Yaml yaml) {
    this.yaml = yaml;
  }

  @Override
  public List<String> leading() {
    return List.of("sql");
  }

  @Override
  public Set<String> following() {
    return Set.of();
  }

  @Override
  public Optional<Step> read(String leading, Node node, Map<String, Entry> entries) {
    entries.forEach((key, entry) -> {
      if (!WITH_SQL.contains(key)) {
        yaml.problem(entry.key(), "%s does not go with sql".formatted(key));
      }
    });
    Optional<SqlText> text = yaml.value(entries.get("sql"), SqlText::parse);
    Step.RowRange rows = rows(entries.get("expect"));
    List<Step.ColumnSave> saves = saves(entries.get("save"));
    Optional<String> name = yaml.value(entries.get("name"), given -> given);
    Optional<Duration> timeout = yaml.value(entries.get("timeout"), Quantities::duration);
    return text.map(sql ->
        new Step.Statement(
            name.orElseGet(() -> Step.Statement.defaultName(sql)), sql, rows, saves, timeout));
  }

  private Step.RowRange rows(@Nullable Entry expect) {
    if (expect == null) {
      return Step.RowRange.ANY;
    }
    Map<String, Entry> entries = yaml.entries(expect.value(), "expect", Set.of("rows"));
    return yaml.value(entries.get("rows"), StatementParser::range).orElse(Step.RowRange.ANY);
  }

  private static Step.RowRange range(String text) {
    int dots = text.indexOf("..");
    String min = dots < 0 ? text : text.substring(0, dots).strip();
    String max = dots < 0 ? text : text.substring(dots + 2).strip();
    return new Step.RowRange(
        Quantities.integer("rows", min, 0, Integer.MAX_VALUE),
        Quantities.integer("rows", max, 0, Integer.MAX_VALUE));
  }

  private List<Step.ColumnSave> saves(@Nullable Entry entry) {
    var saves = new ArrayList<Step.ColumnSave>();
    if (entry != null) {
      yaml.entries(entry.value(), "save")
          .forEach((variable, column) -> {
            Optional<String> name = yaml.attempt(column.key(), () -> Template.checkName(variable));
            yaml.value(column, text -> text)
                .ifPresent(c -> name.ifPresent(n -> saves.add(new Step.ColumnSave(n, c))));
          });
    }
    return saves;
  }

  Optional<Database> database(@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "jdbc", Set.of("url", "user", "password", "connections"));
    Optional<String> url = yaml.required(entry.value(), entries, "url", "jdbc", given -> given);
    Optional<String> user = yaml.value(entries.get("user"), given -> given);
    Optional<String> password = yaml.value(entries.get("password"), given -> given);
    int connections =
        yaml.value(
                entries.get("connections"),
                t -> Quantities.integer("connections", t, 1, Database.MOST_CONNECTIONS))
            .orElse(Database.DEFAULT_CONNECTIONS);
    return url.flatMap(address ->
        yaml.attempt(entry.value(), () -> new Database(address, user, password, connections)));
  }
}
