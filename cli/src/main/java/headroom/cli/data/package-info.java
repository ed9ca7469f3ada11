/** Where the data of a command are: in a folder, or at a running server. */
@NullMarked
package headroom.cli.data;

import org.jspecify.annotations.NullMarked;
