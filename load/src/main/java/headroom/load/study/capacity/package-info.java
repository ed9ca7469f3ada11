/**
 * The highest load that keeps the objectives: plateaus, whether they settled, what they scale to.
 */
@NullMarked
package headroom.load.study.capacity;

import org.jspecify.annotations.NullMarked;
