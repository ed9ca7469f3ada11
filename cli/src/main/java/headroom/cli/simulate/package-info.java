/** Virtual systems described in a file, and what they do written as OTLP. */
@NullMarked
package headroom.cli.simulate;

import org.jspecify.annotations.NullMarked;
