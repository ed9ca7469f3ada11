import { LitElement, html, nothing } from 'lit';
import { count, number, rate, seconds } from './format.js';

/** What one execution of each user action costs: calls, statements, database time, depth. */
export class HeadroomActions extends LitElement {
  static properties = { document: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const actions = this.document?.actions ?? [];
    if (actions.length === 0) {
      return html`<p class="card quiet">No whole trace of a user action has been seen yet.</p>`;
    }
    return html`<div class="card scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Action</th>
            <th scope="col" class="num only-wide">Rate</th>
            <th scope="col" class="num only-wide">p99</th>
            <th scope="col" class="num">Statements</th>
            <th scope="col" class="num">Database time</th>
            <th scope="col" class="num">Calls</th>
            <th scope="col" class="num only-wide">Depth</th>
            <th scope="col" class="num only-wide">Retries</th>
          </tr>
        </thead>
        <tbody>
          ${actions.map(row)}
        </tbody>
      </table>
    </div>`;
  }
}

function row(action) {
  return html`<tr>
    <th scope="row">
      <span class="mono">${action.action}</span>
      <span class="sub">${action.service}</span>
    </th>
    <td class="num only-wide">${rate(action.perSecond)}</td>
    <td class="num only-wide">${seconds(action.responseSeconds.p99)}</td>
    <td class="num">${work(action.statements, number, count)}</td>
    <td class="num">${work(action.databaseSeconds, seconds)}</td>
    <td class="num">${work(action.calls, number, count)}</td>
    <td class="num only-wide">${action.depth ? number(action.depth.mean) : '–'}</td>
    <td class="num only-wide">${action.retries ? number(action.retries.mean) : '–'}</td>
  </tr>
  ${
    action.repeats.length === 0
      ? nothing
      : html`<tr class="repeats">
          <td colspan="8">
            ${action.repeats.map(
              (one) => html`<span class="repeat"
                >runs <span class="mono">${one.statement}</span> <b>${number(one.mean)}</b> times, at
                most ${count(one.max)}</span
              >`,
            )}
          </td>
        </tr>`
  }`;
}

function work(measured, format, formatOne = format) {
  return measured
    ? html`${format(measured.mean)}${
        measured.p99 > measured.mean * 1.05
          ? html`<span class="sub">p99 ${formatOne(measured.p99)}</span>`
          : nothing
      }`
    : '–';
}

customElements.define('headroom-actions', HeadroomActions);
