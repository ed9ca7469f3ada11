package headroom.regime;

/**
 * A level that moved once and stayed, at equal load.
 *
 * @param low earliest block in which the new level may have begun
 * @param at likeliest
 * @param high latest
 * @param end the block after the last one that was compared
 * @param size in logarithms, negative for faster
 * @param sd of the size
 * @param z deviations from nothing, as of normal noise
 */
record Step(int low, int at, int high, int end, double size, double sd, double z) {}
