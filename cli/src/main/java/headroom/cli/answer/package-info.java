/** The questions: walls, findings, actions, the ledger, and SQL. */
@NullMarked
package headroom.cli.answer;

import org.jspecify.annotations.NullMarked;
