package headroom.load.network;

import java.util.OptionalLong;

/**
 * How long it took to open a connection, in nanoseconds.
 *
 * @param totalNanos from the beginning of the attempt until the first request can leave: the name,
 *     the proxy and the handshake included
 * @param tcpNanos from the beginning of the attempt until the socket was open; to the proxy where
 *     there is one
 * @param handshakeNanos of TLS; empty for plain text
 * @param resumed whether the handshake took up a session of an earlier connection
 */
public record ConnectTimes(
    long totalNanos, long tcpNanos, OptionalLong handshakeNanos, boolean resumed) {}
