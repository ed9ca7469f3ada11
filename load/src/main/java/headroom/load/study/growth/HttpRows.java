package headroom.load.study.growth;

import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.http.Caller;
import headroom.load.protocol.http.Caller.Reply;
import headroom.plan.DataPlan;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Rows written by requests, a few at a time. */
final class HttpRows implements RowTarget {
  private static final int AT_ONCE = 8;

  private final Caller caller;
  private final Step.Request request;
  private final long present;
  private final RowValues values;

  HttpRows(Plan plan, DataPlan.Http http, long present, RowValues values)
      throws TargetUnusableException {
    this.caller = new Caller(plan);
    this.request = http.request();
    this.present = present;
    this.values = values;
  }

  @Override
  public long present() {
    return present;
  }

  @Override
  public int batch() {
    return AT_ONCE;
  }

  @Override
  public void write(long first, int count) throws RowsFailed {
    List<CompletableFuture<Reply>> sent = new ArrayList<>();
    for (long row = first; row < first + count; row++) {
      sent.add(caller.begin(caller.prepare(request, new Caller.User(values.of(row)))));
    }
    for (CompletableFuture<Reply> each : sent) {
      Optional<String> problem = each.join().problem();
      if (problem.isPresent()) {
        throw new RowsFailed(problem.get());
      }
    }
  }

  @Override
  public void close() {
    caller.close();
  }
}
