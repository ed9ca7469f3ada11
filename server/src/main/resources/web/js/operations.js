import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { shareBar } from './bar.js';
import { percent, rate, seconds } from './format.js';
import './chart.js';

/** Rate and latency of the operations: one over time, all in a table. */
export class HeadroomOperations extends LitElement {
  static properties = {
    document: { attribute: false },
    events: { attribute: false },
    selected: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    const operations = this.document?.operations ?? [];
    if (operations.length === 0) {
      return html`<p class="card quiet">No operation has been seen in the last half hour.</p>`;
    }
    const shown = operations.find((one) => key(one) === this.selected) ?? operations[0];
    return html`<div class="operations">
      ${this.charts(shown)}
      <div class="card scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col" class="num" title="Share of all time spent in operations">Share of time</th>
              <th scope="col" class="num">Rate</th>
              <th scope="col" class="num only-wide">p50</th>
              <th scope="col" class="num only-wide">p95</th>
              <th scope="col" class="num">p99</th>
              <th scope="col" class="num only-wide">Errors</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(operations, key, (one) => this.row(one, one === shown))}
          </tbody>
        </table>
        ${
          this.document.leftOut > 0
            ? html`<p class="sub">${this.document.leftOut} smaller operations are left out.</p>`
            : nothing
        }
      </div>
    </div>`;
  }

  row(one, shown) {
    return html`<tr class=${shown ? 'shown' : ''} @click=${() => (this.selected = key(one))}>
      <th scope="row">
        <button type="button" class="pick" aria-pressed=${shown}>${one.operation}</button>
        <span class="sub">${one.service}</span>
      </th>
      <td class="num share-cell">${shareBar(one.share ?? 0)}<span>${percent(one.share ?? 0)}</span></td>
      <td class="num">${rate(one.perSecond)}</td>
      <td class="num only-wide">${quantile(one.p50)}</td>
      <td class="num only-wide">${quantile(one.p95)}</td>
      <td class="num">${quantile(one.p99)}</td>
      <td class="num only-wide ${one.errorShare > 0.01 ? 'bad' : ''}">${percent(one.errorShare ?? 0)}</td>
    </tr>`;
  }

  charts(shown) {
    const line = (name, field, tone, fill) => ({
      name,
      tone,
      fill,
      points: shown.points
        .filter((point) => point[field] !== undefined)
        .map((point) => [Date.parse(point.at), point[field]]),
    });
    const marks = this.deploys(shown);
    return html`<div class="card pair">
      <p class="pair-head"><span class="mono">${shown.operation}</span> <span class="sub">${shown.service}</span></p>
      <figure>
        <figcaption>Throughput</figcaption>
        <headroom-chart
          class="small"
          group="operation"
          .lines=${[line('requests', 'perSecond', 'a', true)]}
          .marks=${marks}
          .format=${rate}
          label="Throughput of ${shown.operation}, ${rate(shown.perSecond)} on average"
        ></headroom-chart>
      </figure>
      <figure>
        <figcaption>Latency</figcaption>
        <headroom-chart
          class="medium"
          group="operation"
          legend
          .lines=${[line('p99', 'p99', 'b'), line('p95', 'p95', 'a'), line('p50', 'p50', 'c')]}
          .marks=${marks}
          .format=${seconds}
          label="Latency of ${shown.operation}: p50 ${quantile(shown.p50)}, p95 ${quantile(shown.p95)}, p99 ${quantile(shown.p99)}"
        ></headroom-chart>
      </figure>
    </div>`;
  }

  deploys(shown) {
    const from = Date.parse(this.document.from);
    return (this.events?.events ?? [])
      .filter((event) => event.kind === 'deploy' && Date.parse(event.at) >= from)
      .filter((event) => event.subject === '' || event.subject === shown.service)
      .map((event) => ({ at: Date.parse(event.at), label: `deploy ${event.attributes.version ?? ''}` }));
  }
}

function key(operation) {
  return `${operation.service} ${operation.operation}`;
}

function quantile(value) {
  return value === undefined ? '–' : seconds(value);
}

customElements.define('headroom-operations', HeadroomOperations);
