/** How the process ends, and what its libraries say meanwhile. */
@NullMarked
package headroom.cli.process;

import org.jspecify.annotations.NullMarked;
