/** Whether a write that is sent again takes effect once. */
@NullMarked
package headroom.load.duplicate;

import org.jspecify.annotations.NullMarked;
