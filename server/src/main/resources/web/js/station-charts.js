import { number, percent, bytes, rate, seconds } from './format.js';

// The words of a document's charts, and what this page makes of them.
const FORMATS = { number, rate, seconds, share: percent, bytes };
const TONES = { first: 'a', second: 'b', third: 'c', limit: 'limit' };

/** The charts that a document of a station's series has data for: [{ title, format, lines }]. */
export function stationCharts(document) {
  const charts = [];
  for (const chart of document.charts ?? []) {
    const lines = chart.lines
      .map((line) => ({
        name: line.name,
        tone: TONES[line.tone],
        fill: line.tone === 'first',
        points: together(document.series, line),
      }))
      .filter((line) => line.points.length > 0);
    if (lines.some((line) => line.tone !== 'limit')) {
      charts.push({ title: chart.title, format: FORMATS[chart.format] ?? number, lines });
    }
  }
  return charts;
}

/** The series of one line's measure as one: their sum, or the highest of them. */
function together(series, line) {
  const values = new Map();
  for (const one of series) {
    if (one.measure !== line.measure) continue;
    for (const point of one.points) {
      const value = point[line.field];
      if (value === undefined) continue;
      const at = Date.parse(point.at);
      const before = values.get(at);
      values.set(
        at,
        before === undefined
          ? value
          : line.together === 'sum'
            ? before + value
            : Math.max(before, value),
      );
    }
  }
  return [...values.entries()].sort((a, b) => a[0] - b[0]);
}
