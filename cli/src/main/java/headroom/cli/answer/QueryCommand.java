package headroom.cli.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.cli.data.DataFolder;
import headroom.cli.data.LocalStore;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.Table;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.duckdb.QueryException;
import headroom.duckdb.QueryResult;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Questions that nobody planned, in SQL. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs one read-only SQL query over the store of a folder that no server holds.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom query 'SHOW TABLES'",
      "  headroom query 'SELECT subject, sum(count) n FROM minutes GROUP BY subject ORDER BY n"
          + " DESC'"
    })
public final class QueryCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Parameters(paramLabel = "SQL", description = "the query")
  private String sql = "";

  @Mixin private DataFolder folder;

  @Option(names = "--json", description = "print the rows for machines")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "most rows to print (default: 1000)")
  private int limit;

  public QueryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UserError("--limit must be at least 1, got " + limit, "Such as --limit 100.");
    }
    LocalStore.requireData(folder.path());
    try (LocalStore store = folder.open()) {
      print(store.rollups().query(sql, limit));
      return ExitCode.OK;
    } catch (QueryException e) {
      throw new UserError(String.valueOf(e.getMessage()), "One read-only SELECT is what works.");
    }
  }

  private void print(QueryResult result) {
    if (json) {
      ObjectNode document = JSON.createObjectNode();
      document.set("columns", JSON.valueToTree(result.columns()));
      document.set("rows", JSON.valueToTree(shown(result)));
      document.put("truncated", result.truncated());
      terminal.result(JsonText.pretty(document));
      return;
    }
    var table = new Table(result.columns().toArray(String[]::new));
    for (List<String> row : shown(result)) {
      table.row(row.toArray(String[]::new));
    }
    table.lines().forEach(terminal::result);
    if (result.truncated()) {
      terminal.say("only the first %d rows are shown; see --limit", limit);
    }
  }

  private static List<List<String>> shown(QueryResult result) {
    return result.rows().stream()
        .map(row -> row.stream().map(QueryCommand::text).toList())
        .toList();
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }
}
