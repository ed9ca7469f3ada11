/** What a run measured: mergeable distributions by step and by second, errors by kind. */
@NullMarked
package headroom.load.result;

import org.jspecify.annotations.NullMarked;
