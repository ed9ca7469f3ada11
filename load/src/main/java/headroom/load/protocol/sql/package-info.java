/** Statements on a database, run on threads of their own so that no event loop waits. */
@NullMarked
package headroom.load.protocol.sql;

import org.jspecify.annotations.NullMarked;
