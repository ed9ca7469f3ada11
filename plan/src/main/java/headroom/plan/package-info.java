/** What virtual users do: plans of journeys, in Java or read from YAML. */
@NullMarked
package headroom.plan;

import org.jspecify.annotations.NullMarked;
