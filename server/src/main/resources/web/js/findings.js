import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { measured, moment, number, percent } from './format.js';
import './chart.js';

const WORDS = { critical: 'Critical', warning: 'Warning', info: 'Note' };
const MOST_CHARTS = 3;

/** Units short enough to stand at every mark of an axis; others are named in the title. */
const UNITS = new Set(['s', '1/s', '/s', 'By']);

/** What is wrong now, worst first: the claim, the numbers behind it, what to do next. */
export class HeadroomFindings extends LitElement {
  static properties = { document: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const findings = this.document?.findings ?? [];
    if (findings.length === 0) {
      return html`<p class="card quiet">Nothing is wrong that the telemetry shows.</p>`;
    }
    return html`<ol class="findings">
      ${repeat(
        findings,
        (finding) => finding.id,
        (finding) => this.finding(finding),
      )}
    </ol>`;
  }

  finding(finding) {
    const charts = finding.evidence.filter((one) => one.points.length > 1).slice(0, MOST_CHARTS);
    const numbers = finding.evidence.filter((one) => !charts.includes(one));
    const marks = finding.onset
      ? [{ at: Date.parse(finding.onset.median), label: 'since' }]
      : [];
    return html`<li class="card finding ${finding.severity}">
      <div class="finding-head">
        <span class="badge ${finding.severity}">${WORDS[finding.severity] ?? finding.severity}</span>
        <span class="kind">${finding.kind}</span>
        <span class="mono subject">${finding.subject}</span>
        ${finding.onset ? html`<span class="sub since">since ${moment(finding.onset.median)}</span>` : nothing}
      </div>
      <h3>${finding.summary}</h3>
      <div class="finding-body">
        <div class="finding-text">
          ${
            numbers.length > 0
              ? html`<dl class="numbers">
                  ${numbers.map(
                    (one) => html`<div>
                      <dt>${one.label}</dt>
                      <dd>${amount(one)}</dd>
                    </div>`,
                  )}
                </dl>`
              : nothing
          }
          ${finding.effect ? effect(finding.effect) : nothing}
          ${finding.causes.length > 0 ? causes(finding.causes) : nothing}
          ${finding.next ? html`<p class="next"><b>Next</b> ${finding.next}</p>` : nothing}
        </div>
        ${
          charts.length > 0
            ? html`<div class="finding-charts">
                ${charts.map(
                  (one) => html`<figure>
                    <figcaption>${one.label}<b>${amount(one)}</b></figcaption>
                    <headroom-chart
                      class="tiny"
                      .lines=${[line(one)]}
                      .marks=${marks}
                      .format=${(value) => measured(value, one.unit)}
                      .axisFormat=${UNITS.has(one.unit) ? undefined : number}
                      label="${one.label} over time, now ${amount(one)}"
                    ></headroom-chart>
                  </figure>`,
                )}
              </div>`
            : nothing
        }
      </div>
    </li>`;
  }
}

function line(evidence) {
  return {
    name: evidence.label,
    tone: 'a',
    fill: true,
    points: evidence.points.map((point) => [Date.parse(point.at), point.value]),
  };
}

/** Shares come without a unit and with a word that says so. */
function amount(evidence) {
  if (evidence.value === undefined) return 'unknown';
  const isShare = evidence.unit === '' && /share|ratio|utili/i.test(evidence.label);
  return isShare && evidence.value <= 1
    ? percent(evidence.value)
    : measured(evidence.value, evidence.unit);
}

function effect({ ratio, low, high }) {
  return html`<p class="sub">
    ${number(ratio)}× what is normal (${number(low)}–${number(high)}×, 90 % interval)
  </p>`;
}

function causes(all) {
  return html`<p class="causes">
    <b>Likely cause</b>
    ${all
      .slice(0, 3)
      .map((cause, i) => html`${i > 0 ? ' · ' : ''}${cause.kind}: ${cause.what}
        <span class="sub">${percent(cause.score)}</span>`)}
  </p>`;
}

customElements.define('headroom-findings', HeadroomFindings);
