/**
 * The command line: the only {@code main}. Each family of commands has a package, and wires its
 * parts together there.
 */
@NullMarked
package headroom.cli;

import org.jspecify.annotations.NullMarked;
