/** The examiner at the command line: virtual systems recorded, predictions scored. */
@NullMarked
package headroom.cli.exam;

import org.jspecify.annotations.NullMarked;
