/** The demo: a real service observed, its wall predicted, and then reached. */
@NullMarked
package headroom.cli.demo;

import org.jspecify.annotations.NullMarked;
