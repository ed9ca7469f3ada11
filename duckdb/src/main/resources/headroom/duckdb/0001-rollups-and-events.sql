-- Series are named once; rows carry their number.
CREATE TABLE series (
  id INTEGER NOT NULL,
  measure VARCHAR NOT NULL,
  service VARCHAR NOT NULL,
  instance VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  detail VARCHAR NOT NULL
);

-- What was merged since it was last folded into the tiers, as it came: windows of ten seconds, possibly several rows each.
CREATE TABLE fresh (
  series INTEGER NOT NULL,
  start BIGINT NOT NULL,
  count BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  sum DOUBLE NOT NULL,
  min DOUBLE NOT NULL,
  max DOUBLE NOT NULL,
  last DOUBLE NOT NULL,
  last_nanos BIGINT NOT NULL,
  histogram BLOB,
  p50 FLOAT,
  p95 FLOAT,
  p99 FLOAT
);

-- One row for each series and window. The percentiles are for reading by people: they are not averaged or summed, ever; the histogram is what merges.
CREATE TABLE rollup_ten_seconds AS FROM fresh;
CREATE TABLE rollup_minute AS FROM fresh;
CREATE TABLE rollup_ten_minutes AS FROM fresh;
CREATE TABLE rollup_hour AS FROM fresh;
CREATE TABLE rollup_day AS FROM fresh;

CREATE TABLE event (
  id BIGINT NOT NULL,
  at_second BIGINT NOT NULL,
  at_nano INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  subject VARCHAR NOT NULL
);

CREATE TABLE event_attribute (
  event BIGINT NOT NULL,
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL
);
