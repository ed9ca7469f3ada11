const TICKS = [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50];
const FARTHEST = 20;

/** The logarithmic axis of the runway: from today's peak (or below, if a wall lies there) outwards. */
export class RunwayScale {
  constructor(walls) {
    const known = walls.filter((wall) => wall.multiple);
    const lowest = Math.min(1, ...known.map((wall) => wall.multiple.low));
    const highest = Math.max(
      3.5,
      ...known.map((wall) => Math.max(wall.multiple.high, wall.saturation?.high ?? 0)),
    );
    this.from = lowest >= 1 ? 0.9 : Math.max(0.1, lowest * 0.8);
    this.to = Math.min(FARTHEST, highest) * 1.12;
  }

  /** Where a multiple stands, in percent of the width; what lies outside stands at the edge. */
  position(value) {
    const share = Math.log(value / this.from) / Math.log(this.to / this.from);
    return 100 * Math.min(1, Math.max(0, share));
  }

  isBeyond(value) {
    return value > this.to;
  }

  /** Marks at round multiples, no two closer than `gap` percent; 1, 3 and 10 before others. */
  ticks(gap) {
    const inside = TICKS.filter((tick) => tick >= this.from && tick <= this.to);
    const important = [1, 3, 10].filter((tick) => inside.includes(tick));
    const chosen = [...important];
    for (const tick of inside) {
      const free = chosen.every(
        (other) => Math.abs(this.position(other) - this.position(tick)) >= gap,
      );
      if (free) chosen.push(tick);
    }
    return chosen.sort((a, b) => a - b);
  }
}
