/** What became slower at equal load, since when, and what is to blame. */
@NullMarked
package headroom.drift;

import org.jspecify.annotations.NullMarked;
