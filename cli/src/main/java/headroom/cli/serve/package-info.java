/** The server with all its parts. */
@NullMarked
package headroom.cli.serve;

import org.jspecify.annotations.NullMarked;
