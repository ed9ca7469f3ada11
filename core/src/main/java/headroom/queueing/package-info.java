/** Queueing theory on plain numbers: waiting for servers, sharing a processor, adding up delays. */
@NullMarked
package headroom.queueing;

import org.jspecify.annotations.NullMarked;
