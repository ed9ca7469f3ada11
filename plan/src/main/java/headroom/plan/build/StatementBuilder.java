package headroom.plan.build;

import headroom.plan.SqlText;
import headroom.plan.Step;
import headroom.plan.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement of a journey in Java; see {@link JourneyBuilder#sql}. */
public final class StatementBuilder {
  private final SqlText text;
  private final List<Step.ColumnSave> saves = new ArrayList<>();
  private String name;
  private Step.RowRange rows = Step.RowRange.ANY;
  private Optional<Duration> timeout = Optional.empty();

  StatementBuilder(String sql) {
    text = SqlText.parse(sql);
    name = Step.Statement.defaultName(text);
  }

  /** Names the statement in results. */
  public StatementBuilder named(String given) {
    name = given;
    return this;
  }

  /** How many rows it must read or change. */
  public StatementBuilder rows(int min, int max) {
    rows = new Step.RowRange(min, max);
    return this;
  }

  /** Keeps the value of a column of the first row. */
  public StatementBuilder save(String variable, String column) {
    saves.add(new Step.ColumnSave(Template.checkName(variable), column));
    return this;
  }

  public StatementBuilder timeout(Duration limit) {
    timeout = Optional.of(limit);
    return this;
  }

  Step build() {
    return new Step.Statement(name, text, rows, saves, timeout);
  }
}
