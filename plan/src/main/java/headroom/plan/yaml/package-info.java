/** The reader of YAML: nodes by key, with every mistake told at its line and column. */
@NullMarked
package headroom.plan.yaml;

import org.jspecify.annotations.NullMarked;
