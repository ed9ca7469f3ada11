/**
 * What every face shows: walls, findings, actions and the ledger of what a store holds, and the
 * judgement of stations under a test. Pure: time is passed in, and nothing is printed.
 */
@NullMarked
package headroom.analysis;

import org.jspecify.annotations.NullMarked;
