/** Runs of the scoreboard small enough for every build. */
@NullMarked
package headroom.score;

import org.jspecify.annotations.NullMarked;
