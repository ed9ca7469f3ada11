/** Virtual systems described in a file, and what they do written as OTLP. */
@NullMarked
package headroom.cli.exam.simulate;

import org.jspecify.annotations.NullMarked;
