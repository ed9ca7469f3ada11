package headroom.model;

import static headroom.model.Measure.*;

import java.util.List;

/** The names of requests and calls, and of the threads that serve them. */
final class ServerMetrics {
  private ServerMetrics() {}

  static void define(MetricTable table) {
    for (String side : List.of("server", "client")) {
      boolean server = side.equals("server");
      Measure measure = server ? SERVER_DURATION : CLIENT_DURATION;
      String http = "http." + side + ".";
      String rpc = "rpc." + side + ".";
      httpSubject(table.define(http + "request.duration", measure).time(1), server);
      httpSubject(table.define(http + "requests", measure).time(1), server);
      httpSubject(table.define(http + "duration", measure).time(1e-3), server);
      table.define(rpc + "call.duration", measure).time(1).by("rpc.service").by("rpc.method");
      table.define(rpc + "duration", measure).time(1e-3).by("rpc.service").by("rpc.method");
    }
    // Client libraries of Prometheus, where nobody agreed upon the labels.
    table
        .define("http_request_duration", SERVER_DURATION)
        .time(1)
        .by("method")
        .by("http.route", "route", "uri", "path", "handler", "endpoint", "action");
    table
        .define("grpc_server_handling", SERVER_DURATION)
        .time(1)
        .by("grpc_service")
        .by("grpc_method");
    table
        .define("grpc_client_handling", CLIENT_DURATION)
        .time(1)
        .by("grpc_service")
        .by("grpc_method");
    table
        .define("http.server.active_requests", SERVER_ACTIVE)
        .by("http.request.method", "http.method")
        .detail("url.scheme", "http.scheme");
    table.define("tomcat.thread.busy.count", THREADS_BUSY).by("tomcat.thread.pool.name");
    table.define("tomcat.thread.count", THREADS_CURRENT).by("tomcat.thread.pool.name");
    table.define("tomcat.thread.limit", THREADS_LIMIT).by("tomcat.thread.pool.name");
    table.define("tomcat.threads.busy", THREADS_BUSY).by("name");
    table.define("tomcat.threads.current", THREADS_CURRENT).by("name");
    table.define("tomcat.threads.config.max", THREADS_LIMIT).by("name");
    table.define("tomcat.global.request", THREADS_DURATION).time(1).by("name");
    table.define("tomcat.connections.current", SERVER_CONNECTIONS).by("name");
    table.define("tomcat.connections.config.max", SERVER_CONNECTION_LIMIT).by("name");
    table.define("jetty.threads.busy", THREADS_BUSY).by("name").otherwise("jetty");
    table.define("jetty.threads.current", THREADS_CURRENT).by("name").otherwise("jetty");
    table.define("jetty.threads.config.max", THREADS_LIMIT).by("name").otherwise("jetty");
    table.define("jetty.threads.jobs", THREADS_QUEUED).by("name").otherwise("jetty");
  }

  private static void httpSubject(MetricDefinition definition, boolean server) {
    if (server) {
      definition.by("http.request.method", "http.method", "method").by("http.route", "uri");
    } else {
      definition.by("server.address", "net.peer.name", "client.name", "uri");
    }
  }
}
