/** Plans drafted from what a team already has: recordings of a browser, descriptions of an API. */
@NullMarked
package headroom.plan.draft;

import org.jspecify.annotations.NullMarked;
