/** Predictions beside what became of them. */
@NullMarked
package headroom.ledger;

import org.jspecify.annotations.NullMarked;
