package headroom.server.api;

/**
 * Where a started server listens, as senders and browsers write it.
 *
 * @param web such as {@code http://127.0.0.1:8080}
 * @param otlpGrpc for senders that speak gRPC
 * @param otlpHttp for senders that speak HTTP
 */
public record Endpoints(String web, String otlpGrpc, String otlpHttp) {}
