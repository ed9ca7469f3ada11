// Numbers, times and names for people. Rates are per second, durations seconds, shares 0..1.

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const MINUTE = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Two or three significant digits, never scientific. */
export function number(value) {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 100) return GROUPED.format(value);
  if (size >= 10) return trim(value.toFixed(1));
  if (size >= 1) return trim(value.toFixed(2));
  return trim(value.toPrecision(2));
}

/** A number of things as a histogram remembers it, to within one percent. */
export function count(value) {
  const whole = Math.round(value);
  return number(Math.abs(value - whole) <= 0.011 * value ? whole : value);
}

function trim(text) {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}

/** 2.9×, 14×. */
export function multiple(value) {
  return `${value >= 9.95 ? value.toFixed(0) : value.toFixed(1)}×`;
}

/** 2.6–3.3×. */
export function interval(estimate) {
  return `${multiple(estimate.low).slice(0, -1)}–${multiple(estimate.high)}`;
}

export function rate(perSecond) {
  return `${number(perSecond)}/s`;
}

export function seconds(value) {
  if (value === 0) return '0 s';
  if (value < 0.001) return `${number(value * 1e6)} µs`;
  if (value < 1) return `${number(value * 1e3)} ms`;
  if (value < 120) return `${number(value)} s`;
  return `${number(value / 60)} min`;
}

export function percent(share) {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return '< 0.1 %';
  return `${value < 9.95 ? trim(value.toFixed(1)) : value.toFixed(0)} %`;
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${number(size)} ${units[unit]}`;
}

/** A number with the unit that the telemetry gave it. */
export function measured(value, unit) {
  if (unit === 's') return seconds(value);
  if (unit === '1/s' || unit === '/s') return rate(value);
  if (unit === 'By') return bytes(value);
  if (unit === '1' || unit === '') return number(value);
  return `${number(value)} ${unit}`;
}

export function clock(iso) {
  return CLOCK.format(new Date(iso));
}

export function minute(at) {
  return MINUTE.format(new Date(at));
}

export function day(iso) {
  return DAY.format(new Date(iso));
}

/** "10:42", with the day when it is not today's. */
export function moment(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return today ? MINUTE.format(at) : `${DAY.format(at)} ${MINUTE.format(at)}`;
}

/** "12 s", "4 min", "3 h", "2 days". */
export function span(milliseconds) {
  const s = Math.max(0, milliseconds / 1000);
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 5400) return `${Math.round(s / 60)} min`;
  if (s < 129600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86400)} days`;
}
