package headroom.rollup;

import headroom.model.SeriesKey;

/**
 * The aggregate of one series over one window.
 *
 * @param windowStart epoch seconds, a multiple of the resolution
 */
public record Rollup(SeriesKey key, long windowStart, Cell cell) {}
