package headroom.load.protocol.tcp;

import headroom.load.protocol.Action;
import headroom.load.protocol.CompiledTemplate;

/**
 * A text to send to a port.
 *
 * @param place host and port
 * @param expect what the answer's line must begin with; empty for anything
 */
record CompiledTcp(int step, int timeout, String place, CompiledTemplate text, String expect)
    implements Action {}
