/**
 * The system as it may be: drawn from the evidence and the beliefs, and asked what a load would do.
 */
@NullMarked
package headroom.wall.model;

import org.jspecify.annotations.NullMarked;
