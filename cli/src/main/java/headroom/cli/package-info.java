/**
 * The command line: the only {@code main}, and the one place where the parts are wired together.
 */
@NullMarked
package headroom.cli;

import org.jspecify.annotations.NullMarked;
