/** Whether a write that is sent again takes effect once. */
@NullMarked
package headroom.load.study.duplicate;

import org.jspecify.annotations.NullMarked;
