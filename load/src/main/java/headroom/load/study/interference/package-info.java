/** How much flows slow each other down: alone, in pairs and all together at the same rates. */
@NullMarked
package headroom.load.study.interference;

import org.jspecify.annotations.NullMarked;
