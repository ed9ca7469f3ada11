package headroom.load.engine;

import headroom.load.network.Reach;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.load.protocol.http.HttpProtocol;
import headroom.load.protocol.sql.SqlProtocol;
import headroom.load.protocol.stream.StreamProtocol;
import headroom.load.protocol.tcp.TcpProtocol;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The protocols that the steps of a plan are done by, out of all that there are. */
final class Protocols {
  private static final List<Protocol> ALL =
      List.of(new HttpProtocol(), new StreamProtocol(), new SqlProtocol(), new TcpProtocol());

  private final Plan plan;
  private final List<Protocol> used;

  Protocols(Plan plan) {
    this.plan = plan;
    this.used =
        ALL.stream()
            .filter(protocol -> plan.steps().anyMatch(step -> does(protocol, step)))
            .toList();
  }

  private static boolean does(Protocol protocol, Step step) {
    return step instanceof Step.Measured measured && protocol.takes(measured);
  }

  Instruction.Send compile(Step.Measured step, Names names) {
    for (int i = 0; i < used.size(); i++) {
      if (used.get(i).takes(step)) {
        return new Instruction.Send(used.get(i).compile(plan, step, names), i);
      }
    }
    throw new IllegalArgumentException("no protocol does " + step);
  }

  /**
   * Finds the ways to all that the plan acts on.
   *
   * @return by the index that {@link Instruction.Send#protocol} has
   */
  List<Protocol.Access> open(Reach reach, int maxWaiting) throws TargetUnusableException {
    var open = new ArrayList<Protocol.Access>();
    try {
      for (Protocol protocol : used) {
        open.add(protocol.open(reach, maxWaiting));
      }
      return List.copyOf(open);
    } catch (TargetUnusableException | RuntimeException unusable) {
      open.forEach(Protocol.Access::close);
      throw unusable;
    }
  }
}
