package headroom.wall;

import java.util.OptionalDouble;

/**
 * A limit that no station stands for: something hints at it, but it reports nothing.
 *
 * @param name of what has it, as far as that is known
 * @param atLeast multiple of the reference peak below which it does not lie, as far as responses
 *     tell; empty where all that is known is that today's load is borne
 * @param because the evidence, in words
 * @param wouldTell what would have to be known to say where it lies
 */
public record HiddenLimit(String name, OptionalDouble atLeast, String because, String wouldTell) {}
