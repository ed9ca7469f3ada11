package headroom.load.protocol.http;

import headroom.load.network.Dialer;
import headroom.load.network.Reach;
import headroom.load.network.Route;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Action;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.Wire;

/** Requests over HTTP/1.1 and HTTP/2. */
public final class HttpProtocol implements Protocol {
  @Override
  public boolean takes(Step.Measured step) {
    return step instanceof Step.Request;
  }

  @Override
  public Action compile(Plan plan, Step.Measured step, Names names) {
    return new RequestCompiler(plan, names).compile((Step.Request) step);
  }

  @Override
  public Access open(Reach reach, int maxWaiting) throws TargetUnusableException {
    Plan plan = reach.plan();
    Route route = reach.route();
    return lane -> new HttpRunner(lane.loop(), plan, client(plan, route, lane));
  }

  /** What sends requests along a route on an event loop. */
  static RequestClient client(Plan plan, Route route, Lane lane) {
    Wire wire = plan.wire();
    var dialer = new Dialer(lane.loop(), route, lane.index());
    if (wire.http() == Wire.Http.TWO) {
      return new Http2Client(dialer, lane.limits(), plan.connections().orElse(1), lane.connects());
    }
    return wire.connectionPerUser()
        ? new UserConnections(dialer, lane.limits(), lane.connects())
        : new HttpClient(dialer, lane.limits(), lane.connects());
  }
}
