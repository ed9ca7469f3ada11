package headroom.load.protocol.sql;

import headroom.load.network.EngineLoop;
import headroom.load.network.Reach;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Action;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.load.protocol.Runner;
import headroom.plan.Database;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.sql.SQLException;

/** Statements on a plan's database. */
public final class SqlProtocol implements Protocol {
  @Override
  public boolean takes(Step.Measured step) {
    return step instanceof Step.Statement;
  }

  @Override
  public Action compile(Plan plan, Step.Measured step, Names names) {
    Step.Statement statement = (Step.Statement) step;
    return new CompiledStatement(
        names.step(statement.name()),
        statement.text().text(),
        statement.text().variables().stream().map(names::slot).toList(),
        statement.saves().stream().map(Step.ColumnSave::column).toList(),
        statement.saves().stream().map(save -> names.slot(save.variable())).toList(),
        statement.rows(),
        statement.timeout().orElse(plan.timeout()),
        names.timeout(statement.timeout().orElse(plan.timeout())));
  }

  @Override
  public Access open(Reach reach, int maxWaiting) throws TargetUnusableException {
    Database database =
        reach
            .plan()
            .wire()
            .database()
            .orElseThrow(() -> new TargetUnusableException("the plan names no database"));
    try {
      return new Pool(
          StatementPool.open(database, maxWaiting, reach.timeout(), EngineLoop::currentNanos));
    } catch (SQLException e) {
      throw new TargetUnusableException(
          "database %s: %s".formatted(database.shownUrl(), e.getMessage()), e);
    }
  }

  /** The connections of a run, shared by its loops. */
  private record Pool(StatementPool statements) implements Access {
    @Override
    public Runner runner(Lane lane) {
      return new StatementRunner(statements, lane.loop());
    }

    @Override
    public void close() {
      statements.close();
    }
  }
}
