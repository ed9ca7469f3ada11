package headroom.load.study.growth;

import headroom.load.network.TargetUnusableException;
import headroom.load.study.growth.RowTarget.RowsFailed;
import headroom.plan.DataPlan;
import headroom.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** All data of a plan, growing while its load runs. */
public final class DataGrowth implements AutoCloseable {
  private final List<DataPlan> plans;
  private final List<RowTarget> targets = new ArrayList<>();
  private final List<Long> present = new ArrayList<>();
  private final List<RowWriter> writers = new ArrayList<>();

  private DataGrowth(List<DataPlan> plans) {
    this.plans = plans;
  }

  /**
   * Reaches what the rows go to and counts those that are there.
   *
   * @throws TargetUnusableException when a database or the target cannot be reached
   */
  public static DataGrowth open(Plan plan, long seed)
      throws TargetUnusableException, InterruptedException {
    var growth = new DataGrowth(plan.data());
    try {
      for (DataPlan data : plan.data()) {
        growth.open(plan, data, seed);
      }
      return growth;
    } catch (RowsFailed e) {
      growth.close();
      throw new TargetUnusableException("data: " + e.getMessage(), e);
    } catch (TargetUnusableException | RuntimeException e) {
      growth.close();
      throw e;
    }
  }

  private void open(Plan plan, DataPlan data, long seed)
      throws TargetUnusableException, RowsFailed, InterruptedException {
    var values = new RowValues(plan, data.source().variables(), seed);
    RowTarget target =
        switch (data.source()) {
          case DataPlan.Sql sql -> new SqlRows(sql, data.present(), values);
          case DataPlan.Http http ->
              new HttpRows(
                  plan, http, data.present() instanceof DataPlan.Known k ? k.rows() : 0, values);
        };
    targets.add(target);
    present.add(target.present());
  }

  /**
   * Begins to write.
   *
   * @param seconds how long the load lasts
   * @param elapsedSeconds since it began
   */
  public void begin(double seconds, DoubleSupplier elapsedSeconds) {
    for (int i = 0; i < plans.size(); i++) {
      var writer =
          new RowWriter(plans.get(i), targets.get(i), present.get(i), seconds, elapsedSeconds);
      writers.add(writer);
      writer.start();
    }
  }

  /** How many rows there are now, for those who watch. */
  public String describe() {
    var parts = new ArrayList<String>();
    for (RowWriter writer : writers) {
      parts.add(writer.describe());
    }
    return String.join(", ", parts);
  }

  /** Returns when all that was due by the end of the load is written, or nothing more will be. */
  void awaitWritten() throws InterruptedException {
    for (RowWriter writer : writers) {
      writer.awaitWritten();
    }
  }

  /** Writes no more and tells what was written. */
  public List<RowHistory> end() throws InterruptedException {
    var histories = new ArrayList<RowHistory>();
    for (RowWriter writer : writers) {
      histories.add(writer.end());
    }
    return histories;
  }

  @Override
  public void close() {
    targets.forEach(RowTarget::close);
  }
}
