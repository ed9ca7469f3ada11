/** From spans to facts: trace assembly, names of bounded number, statements without literals. */
@NullMarked
package headroom.trace;

import org.jspecify.annotations.NullMarked;
