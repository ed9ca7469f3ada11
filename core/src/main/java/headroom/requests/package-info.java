/** What counts as a request of a user: how many there were, how they ended, how long they took. */
@NullMarked
package headroom.requests;

import org.jspecify.annotations.NullMarked;
