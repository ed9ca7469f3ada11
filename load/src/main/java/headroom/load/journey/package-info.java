/** What virtual users do: plans of journeys, in Java or read from YAML. */
@NullMarked
package headroom.load.journey;

import org.jspecify.annotations.NullMarked;
