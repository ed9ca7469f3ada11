/** Load tests: a plan drafted, run, watched, remembered and compared. */
@NullMarked
package headroom.cli.load;

import org.jspecify.annotations.NullMarked;
