import { number, percent, bytes, rate, seconds } from './format.js';

// Which series of /api/v1/series?station=… tell about a station, by its kind:
// [measure, field of the points, name, tone, how instances add up].
const CHARTS = {
  pool: [
    {
      title: 'Connections',
      format: number,
      lines: [
        ['pool_used', 'mean', 'in use', 'a'],
        ['pool_pending', 'mean', 'waiting for one', 'b'],
        ['pool_limit', 'last', 'limit', 'limit'],
      ],
    },
    {
      title: 'Time held and waited',
      format: seconds,
      lines: [
        ['pool_hold', 'p50', 'held, p50', 'c', 'max'],
        ['pool_hold', 'p99', 'held, p99', 'a', 'max'],
        ['pool_wait', 'p99', 'waited, p99', 'b', 'max'],
      ],
    },
  ],
  cpu: [
    {
      title: 'Processors busy',
      format: number,
      lines: [
        ['cpu_time', 'perSecond', 'busy', 'a'],
        ['cpu_count', 'last', 'limit', 'limit'],
      ],
    },
    {
      title: 'Utilization as reported',
      format: percent,
      lines: [
        ['cpu_utilization', 'mean', 'this process', 'a', 'max'],
        ['host_cpu_utilization', 'mean', 'whole machine', 'c', 'max'],
      ],
    },
  ],
  executor: [
    {
      title: 'Threads',
      format: number,
      lines: [
        ['threads_busy', 'mean', 'busy', 'a'],
        ['executor_active', 'mean', 'active', 'a'],
        ['executor_queued', 'mean', 'queued', 'b'],
        ['threads_limit', 'last', 'limit', 'limit'],
        ['executor_limit', 'last', 'limit', 'limit'],
      ],
    },
  ],
  queue: [
    { title: 'Waiting', format: number, lines: [['queue_depth', 'mean', 'messages', 'a']] },
    {
      title: 'In and out',
      format: rate,
      lines: [
        ['queue_published', 'perSecond', 'published', 'a'],
        ['queue_consumed', 'perSecond', 'consumed', 'b'],
      ],
    },
  ],
  cache: [
    {
      title: 'Look-ups',
      format: rate,
      lines: [
        ['cache_hits', 'perSecond', 'hits', 'a'],
        ['cache_misses', 'perSecond', 'misses', 'b'],
      ],
    },
  ],
  memory: [
    {
      title: 'Memory',
      format: bytes,
      lines: [
        ['memory_used', 'mean', 'used', 'c'],
        ['memory_live', 'mean', 'live after collection', 'a'],
        ['memory_limit', 'last', 'limit', 'limit'],
      ],
    },
  ],
  database: [
    {
      title: 'Connections',
      format: number,
      lines: [
        ['database_running', 'mean', 'running', 'a'],
        ['database_connections', 'mean', 'open', 'c'],
        ['database_connection_limit', 'last', 'limit', 'limit'],
      ],
    },
  ],
};
CHARTS.partition = CHARTS.queue;

/** The charts that a document of series has data for: [{ title, format, lines }]. */
export function stationCharts(kind, document) {
  const charts = [];
  for (const chart of CHARTS[kind] ?? []) {
    const lines = chart.lines
      .map(([measure, field, name, tone, how]) => ({
        name,
        tone,
        fill: tone === 'a',
        points: together(document.series, measure, field, how ?? 'sum'),
      }))
      .filter((line) => line.points.length > 0);
    if (lines.some((line) => line.tone !== 'limit')) {
      charts.push({ title: chart.title, format: chart.format, lines });
    }
  }
  return charts;
}

/** The series of one measure as one line: levels of several instances add up, quantiles do not. */
function together(series, measure, field, how) {
  const values = new Map();
  for (const one of series) {
    if (one.measure !== measure) continue;
    for (const point of one.points) {
      if (point[field] === undefined) continue;
      const at = Date.parse(point.at);
      const before = values.get(at);
      const value = point[field];
      values.set(
        at,
        before === undefined ? value : how === 'sum' ? before + value : Math.max(before, value),
      );
    }
  }
  return [...values.entries()].sort((a, b) => a[0] - b[0]);
}
