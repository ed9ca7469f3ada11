/** A custodial wallet service: sign-in, balances, currency exchange and history on PostgreSQL. */
@NullMarked
package wallet;

import org.jspecify.annotations.NullMarked;
