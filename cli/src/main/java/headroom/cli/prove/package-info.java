/** The main job on any service: watched, its wall predicted, and then reached. */
@NullMarked
package headroom.cli.prove;

import org.jspecify.annotations.NullMarked;
