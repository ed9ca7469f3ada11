package headroom.load.protocol.stream;

import headroom.load.network.Dialer;
import headroom.load.network.Reach;
import headroom.load.network.Route;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Action;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.plan.Plan;
import headroom.plan.Step;

/** Server-sent events and WebSockets. */
public final class StreamProtocol implements Protocol {
  @Override
  public boolean takes(Step.Measured step) {
    return step instanceof Step.Events || step instanceof Step.Socket;
  }

  @Override
  public Action compile(Plan plan, Step.Measured step, Names names) {
    var compiler = new StreamCompiler(plan, names);
    return step instanceof Step.Events events
        ? compiler.compile(events)
        : compiler.compile((Step.Socket) step);
  }

  @Override
  public Access open(Reach reach, int maxWaiting) throws TargetUnusableException {
    Route route = reach.route();
    return lane -> {
      var dialer = new Dialer(lane.loop(), route, lane.index());
      int maxOpen = lane.limits().maxConnections();
      return new StreamRunner(new StreamClient(dialer, maxOpen, lane.connects()), lane.loop());
    };
  }
}
