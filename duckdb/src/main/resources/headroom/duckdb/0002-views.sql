-- Friendly names over the tiers. Times are in UTC, durations in seconds. For a percentile over a longer time read a coarser tier: percentiles do not average.
CREATE VIEW ten_seconds AS
SELECT
  make_timestamp(r.start * 1000000) AS time,
  s.service,
  s.instance,
  lower(s.measure) AS measure,
  s.subject,
  s.detail,
  r.count,
  r.errors,
  r.sum,
  CASE WHEN r.count > 0 THEN r.sum / r.count END AS mean,
  CASE WHEN isfinite(r.min) THEN r.min END AS min,
  r.p50,
  r.p95,
  r.p99,
  CASE WHEN isfinite(r.max) THEN r.max END AS max,
  CASE WHEN r.last_nanos > -9223372036854775808 THEN r.last END AS last
FROM rollup_ten_seconds r JOIN series s ON s.id = r.series;

CREATE VIEW minutes AS
SELECT
  make_timestamp(r.start * 1000000) AS time,
  s.service,
  s.instance,
  lower(s.measure) AS measure,
  s.subject,
  s.detail,
  r.count,
  r.errors,
  r.sum,
  CASE WHEN r.count > 0 THEN r.sum / r.count END AS mean,
  CASE WHEN isfinite(r.min) THEN r.min END AS min,
  r.p50,
  r.p95,
  r.p99,
  CASE WHEN isfinite(r.max) THEN r.max END AS max,
  CASE WHEN r.last_nanos > -9223372036854775808 THEN r.last END AS last
FROM rollup_minute r JOIN series s ON s.id = r.series;

CREATE VIEW ten_minutes AS
SELECT
  make_timestamp(r.start * 1000000) AS time,
  s.service,
  s.instance,
  lower(s.measure) AS measure,
  s.subject,
  s.detail,
  r.count,
  r.errors,
  r.sum,
  CASE WHEN r.count > 0 THEN r.sum / r.count END AS mean,
  CASE WHEN isfinite(r.min) THEN r.min END AS min,
  r.p50,
  r.p95,
  r.p99,
  CASE WHEN isfinite(r.max) THEN r.max END AS max,
  CASE WHEN r.last_nanos > -9223372036854775808 THEN r.last END AS last
FROM rollup_ten_minutes r JOIN series s ON s.id = r.series;

CREATE VIEW hours AS
SELECT
  make_timestamp(r.start * 1000000) AS time,
  s.service,
  s.instance,
  lower(s.measure) AS measure,
  s.subject,
  s.detail,
  r.count,
  r.errors,
  r.sum,
  CASE WHEN r.count > 0 THEN r.sum / r.count END AS mean,
  CASE WHEN isfinite(r.min) THEN r.min END AS min,
  r.p50,
  r.p95,
  r.p99,
  CASE WHEN isfinite(r.max) THEN r.max END AS max,
  CASE WHEN r.last_nanos > -9223372036854775808 THEN r.last END AS last
FROM rollup_hour r JOIN series s ON s.id = r.series;

CREATE VIEW days AS
SELECT
  make_timestamp(r.start * 1000000) AS time,
  s.service,
  s.instance,
  lower(s.measure) AS measure,
  s.subject,
  s.detail,
  r.count,
  r.errors,
  r.sum,
  CASE WHEN r.count > 0 THEN r.sum / r.count END AS mean,
  CASE WHEN isfinite(r.min) THEN r.min END AS min,
  r.p50,
  r.p95,
  r.p99,
  CASE WHEN isfinite(r.max) THEN r.max END AS max,
  CASE WHEN r.last_nanos > -9223372036854775808 THEN r.last END AS last
FROM rollup_day r JOIN series s ON s.id = r.series;

CREATE VIEW events AS
SELECT
  make_timestamp(e.at_second * 1000000 + e.at_nano // 1000) AS time,
  e.kind,
  e.subject,
  (SELECT map(list(a.name ORDER BY a.name), list(a.value ORDER BY a.name))
    FROM event_attribute a WHERE a.event = e.id) AS attributes
FROM event e;
