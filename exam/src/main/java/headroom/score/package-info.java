/** The examination: planted scenarios with a known truth, and how well predictions did on them. */
@NullMarked
package headroom.score;

import org.jspecify.annotations.NullMarked;
