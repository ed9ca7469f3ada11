/** A service in virtual time that emits telemetry like a real one and knows its true wall. */
@NullMarked
package headroom.lab;

import org.jspecify.annotations.NullMarked;
