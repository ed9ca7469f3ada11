import { LitElement, html, nothing } from 'lit';
import { ApiError, get } from './api.js';
import { clock } from './format.js';
import './actions.js';
import './findings.js';
import './header.js';
import './operations.js';
import './runway.js';
import './telemetry.js';

const EVERY = 5000;
const DOCUMENTS = {
  status: '/api/v1/status',
  walls: '/api/v1/walls?at=3,10',
  findings: '/api/v1/findings',
  operations: '/api/v1/operations',
  actions: '/api/v1/actions',
  events: '/api/v1/events?kind=deploy',
};

/**
 * The page: asks for all documents every few seconds and hands them to its sections. What was last
 * known stays on the page while the server does not answer, and the page says so.
 */
class HeadroomApp extends LitElement {
  static properties = {
    documents: { state: true },
    troubles: { state: true },
    offlineSince: { state: true },
  };

  constructor() {
    super();
    this.documents = {};
    this.troubles = {};
    this.offlineSince = undefined;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.onVisible = () => {
      if (!document.hidden) this.poll();
    };
    document.addEventListener('visibilitychange', this.onVisible);
    this.poll();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.onVisible);
    clearTimeout(this.timer);
  }

  async poll() {
    clearTimeout(this.timer);
    if (this.polling) return;
    this.polling = true;
    try {
      await this.fetchAll();
    } finally {
      this.polling = false;
      this.timer = setTimeout(() => this.poll(), document.hidden ? EVERY * 6 : EVERY);
    }
  }

  async fetchAll() {
    const names = Object.keys(DOCUMENTS);
    const answers = await Promise.allSettled(names.map((name) => get(DOCUMENTS[name])));
    const documents = { ...this.documents };
    const troubles = {};
    let reached = false;
    answers.forEach((answer, i) => {
      if (answer.status === 'fulfilled') {
        documents[names[i]] = answer.value;
        reached = true;
      } else if (answer.reason instanceof ApiError) {
        troubles[names[i]] = answer.reason;
        reached = true;
      }
    });
    this.documents = documents;
    this.troubles = troubles;
    this.offlineSince = reached ? undefined : (this.offlineSince ?? new Date().toISOString());
  }

  render() {
    const { status, walls, findings, operations, actions, events } = this.documents;
    return html`
      <headroom-header .status=${status} .walls=${walls} .offlineSince=${this.offlineSince}></headroom-header>
      ${
        this.offlineSince
          ? html`<p class="banner" role="alert">
              The server has not answered since ${clock(this.offlineSince)}. What you see is the last that
              was known; the page goes on asking.
            </p>`
          : nothing
      }
      <main>
        ${
          status?.next
            ? this.welcome(status)
            : html`
                ${this.section('runway', 'Runway', 'what breaks, in order, as a multiple of today’s peak', 'walls', walls && html`<headroom-runway .document=${walls}></headroom-runway>`)}
                ${this.section('findings', 'Findings', 'what is wrong now, worst first', 'findings', findings && html`<headroom-findings .document=${findings}></headroom-findings>`)}
                ${this.section('operations', 'Operations', 'greatest share of time first', 'operations', operations && html`<headroom-operations .document=${operations} .events=${events}></headroom-operations>`)}
                ${this.section('actions', 'Actions', 'work that one user action causes', 'actions', actions && html`<headroom-actions .document=${actions}></headroom-actions>`)}
              `
        }
        ${this.section('telemetry', 'Telemetry', 'what comes in', 'status', status && html`<headroom-telemetry .document=${status}></headroom-telemetry>`)}
      </main>
    `;
  }

  section(id, title, about, name, content) {
    const trouble = this.troubles[name];
    return html`<section id=${id} tabindex="-1" aria-labelledby="${id}-title">
      <div class="section-head">
        <h2 id="${id}-title">${title}</h2>
        <p class="sub">${about}</p>
      </div>
      ${
        trouble
          ? html`<p class="card trouble" role="alert">${trouble.message}. ${trouble.next}</p>`
          : nothing
      }
      ${content ?? html`<p class="card quiet loading">${this.offlineSince ? 'Not known yet.' : 'Reading…'}</p>`}
    </section>`;
  }

  welcome(status) {
    return html`<section id="runway" tabindex="-1" class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">No telemetry yet</h2>
      <p class="lead">
        Point a service here. With the OpenTelemetry agent or SDK, one variable is all it needs:
      </p>
      <code class="block">OTEL_EXPORTER_OTLP_ENDPOINT=${status.endpoints.otlpHttp}</code>
      <p>
        Use the service a little: it appears here within a minute. After a few minutes of traffic
        this page names the station that breaks first, and at what multiple of today’s peak.
      </p>
      <p class="sub">
        Recorded telemetry: <code>headroom import FILE</code>. A system to try it with:
        <code>headroom demo</code>.
      </p>
    </section>`;
  }
}

customElements.define('headroom-app', HeadroomApp);
