/** A folder of recordings to score predictions on: what lies in it, and what is known of it. */
@NullMarked
package headroom.cli.exam.recordings;

import org.jspecify.annotations.NullMarked;
