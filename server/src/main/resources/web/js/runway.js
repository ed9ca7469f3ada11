import { LitElement, html, svg, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get } from './api.js';
import { shareBar } from './bar.js';
import { day, interval, multiple, number, percent, rate } from './format.js';
import { RunwayScale } from './scale.js';
import { stationCharts } from './station-charts.js';
import './chart.js';

/**
 * The walls in order of breaking. Every row says in words and numbers what its lane draws: the lane is
 * hidden from screen readers, which read a table.
 */
export class HeadroomRunway extends LitElement {
  static properties = {
    document: { attribute: false },
    open: { state: true },
    evidence: { state: true },
  };

  constructor() {
    super();
    this.document = undefined;
    this.open = '';
    this.evidence = {};
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('document') && this.open) this.fetchEvidence(this.open);
  }

  toggle(station) {
    this.open = this.open === station ? '' : station;
    if (this.open) this.fetchEvidence(station);
  }

  async fetchEvidence(station) {
    try {
      const series = await get(`/api/v1/series?station=${encodeURIComponent(station)}`);
      this.evidence = { ...this.evidence, [station]: series };
    } catch {
      // A station without series of its own has no chart; the rest of its row stands.
      this.evidence = { ...this.evidence, [station]: { series: [], charts: [] } };
    }
  }

  render() {
    const walls = this.document?.walls ?? [];
    if (walls.length === 0) return nothing;
    const scale = new RunwayScale(walls);
    const peak = this.document.load?.peakPerSecond;
    return html`
      ${headline(this.document)}
      <div class="card runway" role="table" aria-label="Walls in order of breaking">
        <div class="wall head" role="row">
          <span role="columnheader">Station</span>
          <span role="columnheader" class="lane-head">
            <span class="hidden">Distance from today’s peak</span>${axis(scale, peak)}
          </span>
          <span role="columnheader" class="num">Objective fails</span>
          <span role="columnheader" class="num">Station full</span>
        </div>
        ${repeat(
          walls,
          (wall) => wall.station,
          (wall) => this.row(wall, scale),
        )}
        ${this.document.hidden ? hiddenRow(this.document.hidden) : nothing}
      </div>
      ${(this.document.disturbances ?? []).slice(0, 5).map((one) => html`<p class="sub note">${sentence(one.what)}</p>`)}
      ${legend()} ${atMultiples(this.document)}
    `;
  }

  row(wall, scale) {
    const open = this.open === wall.station;
    const id = `wall-${wall.station.replace(/[^A-Za-z0-9]+/g, '-')}`;
    const first = wall.station === this.document.firstToBreak;
    return html`
      <div class="wall ${first ? 'first' : ''} ${open ? 'open' : ''}" role="row">
        <span role="cell" class="station">
          <button
            type="button"
            class="disclose"
            aria-expanded=${open}
            aria-controls=${id}
            @click=${() => this.toggle(wall.station)}
          >
            <span class="chevron" aria-hidden="true"></span><span class="name">${breakable(wall.station)}</span>
          </button>
          <span class="sub">${about(wall)}</span>
        </span>
        <span role="cell" class="lane">
          ${lane(wall, scale)}<span class="hidden">${distance(wall)}</span>
        </span>
        <span role="cell" class="num fails">
          ${
            wall.multiple
              ? html`<b>${multiple(wall.multiple.median)}</b>
                  <span class="sub">${interval(wall.multiple)}</span>`
              : html`<span class="sub">${wall.limit ? 'too early to say' : 'limit unknown'}</span>`
          }
        </span>
        <span role="cell" class="num full">
          ${
            wall.saturation
              ? html`<span class="only-narrow">full at </span>${multiple(wall.saturation.median)}
                  <span class="sub">${wall.confidence}</span>`
              : html`<span class="none">–</span>`
          }
        </span>
      </div>
      <div class="detail" id=${id} ?hidden=${!open}>${open ? this.detail(wall) : nothing}</div>
    `;
  }

  detail(wall) {
    const series = this.evidence[wall.station];
    const charts = series ? stationCharts(series) : [];
    return html`
      <div class="detail-text">
        <p class="breaks">${wall.multiple ? sentence(wall.breaks) : `No number: ${wall.breaks}.`}</p>
        ${wall.because.length > 0 ? because(wall.because) : nothing}
        ${
          wall.date
            ? html`<p class="sub">Traffic is forecast to get there on <b>${day(wall.date.median)}</b>
                (${day(wall.date.low)} to ${day(wall.date.high)}${wall.date.openEnded ? ' or later' : ''}, ${percent(wall.date.coverage)} interval${wall.date.basis ? `; ${wall.date.basis}` : ''}).</p>`
            : wall.noDate
              ? html`<p class="sub">No date: ${wall.noDate}.</p>`
              : nothing
        }
        ${(wall.notes ?? []).map((note) => html`<p class="sub note">${sentence(note)}</p>`)}
      </div>
      <div class="detail-charts">
        ${
          charts.length > 0
            ? charts.map(
                (chart) => html`<figure>
                  <figcaption>${chart.title}</figcaption>
                  <headroom-chart
                    class="small"
                    legend
                    .lines=${chart.lines}
                    .format=${chart.format}
                    label="${chart.title} of ${wall.station} over time"
                  ></headroom-chart>
                </figure>`,
              )
            : html`<p class="sub">
                ${series ? 'No series of this station in the last half hour.' : 'Reading its series…'}
              </p>`
        }
      </div>
    `;
  }
}

function sentence(text) {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Long names may break after a slash, nowhere else. */
function breakable(name) {
  return name.split('/').map((part, i) => (i === 0 ? part : html`/<wbr />${part}`));
}

function about(wall) {
  const parts = [wall.kind];
  if (wall.limit) parts.push(`${number(wall.limit.value)} ${wall.limit.unit}`);
  if (wall.utilizationAtPeak !== undefined) {
    parts.push(`${percent(wall.utilizationAtPeak)} used at peak`);
  }
  return parts.join(' · ');
}

function distance(wall) {
  if (!wall.multiple) return 'no number yet';
  const { low, high, coverage } = wall.multiple;
  return `objective fails between ${multiple(low)} and ${multiple(high)} today’s peak, ${percent(coverage)} interval`;
}

/** The one sentence that the page exists for. */
function headline(document) {
  const wall = document.walls.find((one) => one.station === document.firstToBreak);
  const peak = document.load?.peakPerSecond;
  if (!wall || peak === undefined) {
    return html`<div class="hero">
      <p class="headline">No station can be named yet.</p>
      <p class="lead">
        ${
          peak === undefined
            ? 'No whole minute of requests has been seen: it takes a little traffic.'
            : `Today’s peak is ${rate(peak)}; the rows below say what is missing for each station.`
        }
      </p>
    </div>`;
  }
  return html`<div class="hero">
    <p class="headline">
      <span class="mono">${breakable(wall.station)}</span> fails first, at
      <span class="big">${multiple(wall.multiple.median)}</span>
      <span class="soft">(${interval(wall.multiple)})</span> today’s peak of ${rate(peak)}.
    </p>
    <p class="lead">${sentence(wall.breaks)} ${tie(wall)} ${hidden(document.hidden)}</p>
    ${facts(document, wall, peak)}
  </div>`;
}

function tie(wall) {
  const chance = wall.probabilityFirst;
  return chance !== undefined && chance > 0 && chance < 0.8
    ? `It is a close call: the chance that it is the first is ${percent(chance)}.`
    : '';
}

/** Said with the headline when responses show it; all else about it has a row of its own. */
function hidden(limit) {
  return limit?.atLeast
    ? `A hidden limit may come first, from ${multiple(limit.atLeast)} on: ${limit.because}.`
    : '';
}

/** What reports nothing and may break first. */
function hiddenRow(limit) {
  return html`<div class="wall" role="row">
    <span role="cell" class="station">
      <span class="name">${breakable(limit.name)}</span>
      <span class="sub">reports nothing</span>
    </span>
    <span role="cell" class="lane"><span class="sub">${sentence(limit.because)} Would tell: ${limit.wouldTell}.</span></span>
    <span role="cell" class="num fails">${
      limit.atLeast
        ? html`<span class="sub">not below</span> <b>${multiple(limit.atLeast)}</b>`
        : html`<span class="sub">unknown</span>`
    }</span>
    <span role="cell" class="num full"><span class="none">–</span></span>
  </div>`;
}

function facts(document, wall, peak) {
  const at = (estimate) =>
    html`${rate(estimate.median * peak)}<span class="sub"
        >${number(estimate.low * peak)}–${rate(estimate.high * peak)}</span
      >`;
  return html`<dl class="facts">
    <div><dt>Today’s peak</dt><dd>${rate(peak)}</dd></div>
    <div><dt>Objective fails near</dt><dd>${at(wall.multiple)}</dd></div>
    ${wall.saturation ? html`<div><dt>Station full near</dt><dd>${at(wall.saturation)}</dd></div>` : nothing}
    ${
      wall.date
        ? html`<div><dt>Forecast date</dt><dd>${day(wall.date.median)}<span class="sub">${day(wall.date.low)} to ${day(wall.date.high)}${wall.date.openEnded ? ' or later' : ''}</span></dd></div>`
        : wall.noDate
          ? html`<div><dt>Forecast date</dt><dd class="words">none<span class="sub">${wall.noDate}</span></dd></div>`
          : nothing
    }
    <div><dt>Confidence</dt><dd class="words">${wall.confidence}<span class="sub">${percent(wall.multiple.coverage)} interval${wall.probabilityFirst > 0 ? `, first in ${percent(wall.probabilityFirst)} of draws` : ''}</span></dd></div>
    ${
      wall.because.length > 0
        ? html`<div class="wide"><dt>Used by</dt><dd class="words">${because(wall.because)}</dd></div>`
        : nothing
    }
  </dl>`;
}

/** Operations and statements each share out the whole, so they stand apart. */
function because(causes) {
  const operations = causes.filter((cause) => cause.operation !== undefined);
  const statements = causes.filter((cause) => cause.statement !== undefined);
  return html`<div class="because">
    ${shares('by operation', operations)} ${shares('by statement', statements)}
  </div>`;
}

function shares(title, causes) {
  if (causes.length === 0) return nothing;
  return html`<ul aria-label=${title}>
    ${causes.slice(0, 3).map(
      (cause) => html`<li>
        <span class="share">${percent(cause.share)}</span>${shareBar(cause.share, 'wall')}
        <span
          class=${cause.operation ? 'mono' : 'mono statement'}
          title=${cause.operation ?? cause.statement}
          >${cause.operation ?? cause.statement}</span
        >
      </li>`,
    )}
  </ul>`;
}

function axis(scale, peak) {
  const wide = scale.ticks(6.5);
  const narrow = new Set(scale.ticks(13));
  return html`<svg class="axis" aria-hidden="true" focusable="false">
    ${wide.map((tick) => {
      const x = `${scale.position(tick)}%`;
      const kind = `${tick === 1 ? 'today' : ''} ${narrow.has(tick) ? '' : 'only-wide'}`;
      return svg`<g class=${kind}>
        <text class="tick" x=${x} y="14" text-anchor="middle">${tick}×</text>
        <text class="tick-rate only-wide" x=${x} y="27" text-anchor="middle">${
          tick === 1 ? 'today' : peak === undefined ? '' : rate(tick * peak)
        }</text>
      </g>`;
    })}
  </svg>`;
}

/** Heights are counted from the middle of the row, so that a row may grow with its text. */
function lane(wall, scale) {
  const x = (value) => `${scale.position(value)}%`;
  const width = (from, to) => `${Math.max(0, scale.position(to) - scale.position(from))}%`;
  const grid = scale
    .ticks(6.5)
    .map(
      (tick) =>
        svg`<line class="grid ${tick === 1 ? 'today' : ''}" x1=${x(tick)} x2=${x(tick)} y1="0" y2="100%"></line>`,
    );
  return html`<svg class="lane-svg" aria-hidden="true" focusable="false">
    ${grid}
    <svg y="50%" overflow="visible">
      ${wall.multiple ? known(wall, scale, x, width) : unknown(wall, x, scale)}
    </svg>
  </svg>`;
}

function known(wall, scale, x, width) {
  const { low, median, high } = wall.multiple;
  if (scale.isBeyond(low)) {
    return svg`<rect class="room" x=${x(1)} width=${width(1, low)} y="-5" height="10" rx="3"></rect>
      <text class="beyond" x="99%" y="-10" text-anchor="end">beyond ${multiple(low)}</text>`;
  }
  const start = Math.min(1, low);
  const full = wall.saturation;
  return svg`
    <rect class="room" x=${x(start)} width=${width(start, low)} y="-5" height="10" rx="3"></rect>
    <rect class="fail-band" x=${x(low)} width=${width(low, high)} y="-9" height="18" rx="3"></rect>
    ${
      full
        ? svg`<rect class="full-band" x=${x(full.low)} width=${width(full.low, full.high)} y="12" height="3" rx="1.5"></rect>`
        : ''
    }
    ${full && !scale.isBeyond(full.median) ? mark('full-tick', x(full.median), -6, 18) : ''}
    ${
      scale.isBeyond(median)
        ? svg`<text class="beyond" x="99%" y="-13" text-anchor="end">${multiple(median)} lies outside</text>`
        : mark('fail-tick', x(median), -14, 14)
    }`;
}

function mark(kind, x, from, to) {
  return svg`<line class=${kind} x1=${x} x2=${x} y1=${from} y2=${to}></line>`;
}

function unknown(wall, x, scale) {
  return svg`<line class="unknown" x1=${x(1)} x2="100%" y1="0" y2="0"></line>
    <text class="beyond lifted" x=${x(Math.sqrt(scale.to))} y="4" text-anchor="middle">${
      wall.limit ? 'not enough data' : 'limit unknown'
    }</text>`;
}

function legend() {
  return html`<ul class="legend" aria-hidden="true">
    <li><svg><rect class="room" y="4" width="22" height="8" rx="3"></rect></svg>room to grow</li>
    <li><svg><rect class="fail-band" y="1" width="22" height="14" rx="3"></rect><line class="fail-tick" x1="11" x2="11" y1="0" y2="16"></line></svg>objective fails, with its interval</li>
    <li><svg><line class="full-tick" x1="11" x2="11" y1="0" y2="16"></line></svg>station full</li>
  </ul>`;
}

function atMultiples(document) {
  const answers = document.at ?? [];
  if (!document.firstToBreak || answers.length === 0) return nothing;
  return html`<dl class="at">
    ${answers.map(
      (answer) => html`<div>
        <dt>At ${multiple(answer.multiple).replace('.0', '')}</dt>
        <dd>${
          answer.breaks.length === 0 && answer.mayBreak.length === 0
            ? 'everything holds that can be judged'
            : html`${
                answer.breaks.length > 0
                  ? html`${names(answer.breaks)} ${answer.breaks.length === 1 ? 'breaks' : 'break'}`
                  : nothing
              }${answer.breaks.length > 0 && answer.mayBreak.length > 0 ? '; ' : nothing}${
                answer.mayBreak.length > 0 ? html`${names(answer.mayBreak)} may break` : nothing
              }`
        }</dd>
      </div>`,
    )}
  </dl>`;
}

function names(stations) {
  return stations.map((station, i) => [i > 0 ? ', ' : '', html`<span class="mono">${breakable(station)}</span>`]);
}

customElements.define('headroom-runway', HeadroomRunway);
