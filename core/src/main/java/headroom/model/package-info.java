/** The words of the product as types: telemetry as it arrives, series and measures, events. */
@NullMarked
package headroom.model;

import org.jspecify.annotations.NullMarked;
