/** What a run is told as: JSON for machines, a summary for terminals, a page for people. */
@NullMarked
package headroom.load.report;

import org.jspecify.annotations.NullMarked;
