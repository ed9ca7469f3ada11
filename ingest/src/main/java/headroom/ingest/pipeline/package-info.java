/**
 * The way from bytes to tables: what transports and files hand over is unpacked, decoded and put
 * into the tables of a worker, and the tables go into a store. Knows no socket.
 */
@NullMarked
package headroom.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
