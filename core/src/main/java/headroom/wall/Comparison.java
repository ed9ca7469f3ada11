package headroom.wall;

import org.jspecify.annotations.Nullable;

/**
 * Walls as they are, and as they would be with changes made.
 *
 * @param change the first wall's multiple after over that before, both drawn with the same luck;
 *     null where one of them is not known
 */
public record Comparison(Walls before, Walls after, @Nullable Estimate change) {}
