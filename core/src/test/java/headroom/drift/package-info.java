@NullMarked
package headroom.drift;

import org.jspecify.annotations.NullMarked;
