/** Runs the question a plan asks, whichever it is, and holds the answer. */
@NullMarked
package headroom.load.study;

import org.jspecify.annotations.NullMarked;
