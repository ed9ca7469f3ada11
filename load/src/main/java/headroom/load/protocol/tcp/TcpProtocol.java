package headroom.load.protocol.tcp;

import headroom.load.network.Reach;
import headroom.load.network.Route;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Action;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.util.HashMap;

/** A text over a plain TCP connection and the line that answers it. */
public final class TcpProtocol implements Protocol {
  @Override
  public boolean takes(Step.Measured step) {
    return step instanceof Step.Tcp;
  }

  @Override
  public Action compile(Plan plan, Step.Measured step, Names names) {
    Step.Tcp tcp = (Step.Tcp) step;
    return new CompiledTcp(
        names.step(tcp.name()),
        names.timeout(tcp.timeout().orElse(plan.timeout())),
        tcp.place(),
        CompiledTemplate.of(tcp.send(), names::slot),
        tcp.expect());
  }

  @Override
  public Access open(Reach reach, int maxWaiting) throws TargetUnusableException {
    var routes = new HashMap<String, Route>();
    for (Step step : reach.plan().steps().toList()) {
      if (step instanceof Step.Tcp tcp && !routes.containsKey(tcp.place())) {
        routes.put(tcp.place(), reach.routeTo(tcp.host(), tcp.port()));
      }
    }
    return lane -> new TcpRunner(lane, routes);
  }
}
