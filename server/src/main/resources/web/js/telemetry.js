import { LitElement, html, nothing } from 'lit';
import { bytes, clock, moment, number } from './format.js';

/** What is coming in, from whom, and what could not be used. */
export class HeadroomTelemetry extends LitElement {
  static properties = { document: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const status = this.document;
    if (!status) return nothing;
    return html`<div class="telemetry">
      <div class="card">
        <h3>Coming in</h3>
        <dl class="counts">
          <div><dt>Spans</dt><dd>${number(status.accepted.spans)}</dd></div>
          <div><dt>Data points</dt><dd>${number(status.accepted.dataPoints)}</dd></div>
          <div><dt>Log records, counted only</dt><dd>${number(status.accepted.logRecords)}</dd></div>
          <div><dt>Waiting to be read</dt><dd>${bytes(status.waiting.bytes)}</dd></div>
          ${
            status.store
              ? html`<div class="wide"><dt>Kept</dt><dd class="words">${moment(status.store.from)} to ${moment(status.store.to)}</dd></div>`
              : nothing
          }
        </dl>
        ${troubles(status)}
      </div>
      <div class="card">
        <h3>Services</h3>
        ${
          status.services.length === 0
            ? html`<p class="sub">None since this server started.</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">Service</th>
                    <th scope="col">Traces</th>
                    <th scope="col">Metrics</th>
                    <th scope="col" class="num">Last</th>
                  </tr>
                </thead>
                <tbody>
                  ${status.services.map(
                    (one) => html`<tr>
                      <th scope="row">${one.service}</th>
                      <td>${one.traces ? 'yes' : html`<span class="bad">none</span>`}</td>
                      <td>${one.metrics ? 'yes' : html`<span class="bad">none</span>`}</td>
                      <td class="num">${clock(one.last)}</td>
                    </tr>`,
                  )}
                </tbody>
              </table>`
        }
      </div>
      ${status.next ? nothing : sendMore(status.endpoints)}
    </div>`;
  }
}

function sendMore(endpoints) {
  return html`<div class="card">
    <h3>Send more</h3>
    <p class="sub">For any service with the OpenTelemetry agent or SDK:</p>
    <code class="block">OTEL_EXPORTER_OTLP_ENDPOINT=${endpoints.otlpHttp}</code>
    <p class="sub">Over gRPC: <code>${endpoints.otlpGrpc}</code></p>
  </div>`;
}

/** Everything that was not used, by reason; silence means that there was nothing. */
function troubles(status) {
  const rows = [];
  const add = (what, counts) => {
    for (const [reason, count] of Object.entries(counts)) {
      if (count > 0) rows.push([`${what} ${reason.replaceAll('_', ' ')}`, count]);
    }
  };
  add('requests refused:', status.refusedRequests);
  add('rejected', status.rejected);
  add('dropped:', status.dropped);
  if (status.flushes.failure) rows.push([`not stored: ${status.flushes.failure}`, status.flushes.failed]);
  if (rows.length === 0) return html`<p class="sub">Nothing was refused or dropped.</p>`;
  return html`<ul class="troubles">
    ${rows.map(([what, count]) => html`<li><span>${what}</span><b>${number(count)}</b></li>`)}
  </ul>`;
}

customElements.define('headroom-telemetry', HeadroomTelemetry);
