import { LitElement, html, nothing } from 'lit';
import { clock, rate, span } from './format.js';

/** The bar at the top: what this is, whether telemetry comes in, how fresh the answers are. */
export class HeadroomHeader extends LitElement {
  static properties = {
    status: { attribute: false },
    walls: { attribute: false },
    offlineSince: { attribute: false },
    theme: { state: true },
  };

  constructor() {
    super();
    this.theme = current();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.system = matchMedia('(prefers-color-scheme: dark)');
    this.onSystem = () => {
      this.theme = current();
      dispatchEvent(new Event('headroom-theme'));
    };
    this.system.addEventListener('change', this.onSystem);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.system.removeEventListener('change', this.onSystem);
  }

  toggle() {
    const next = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem('headroom.theme', next);
    } catch {
      // The choice then lasts as long as the page.
    }
    this.theme = next;
    dispatchEvent(new Event('headroom-theme'));
  }

  render() {
    const dark = this.theme === 'dark';
    return html`<header>
      <h1><a class="brand" href="/"><img src="/icon.svg" alt="" width="24" height="24" />Headroom</a></h1>
      <nav aria-label="Sections">
        <a href="#runway">Runway</a><a href="#findings">Findings</a><a href="#operations">Operations</a
        ><a href="#actions">Actions</a><a href="#telemetry">Telemetry</a>
      </nav>
      <p class="live" role="status">${this.live()}</p>
      <button
        type="button"
        class="theme"
        aria-label=${dark ? 'Switch to light colours' : 'Switch to dark colours'}
        title=${dark ? 'Light' : 'Dark'}
        @click=${() => this.toggle()}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
          <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6"></circle>
          <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"></path>
        </svg>
      </button>
    </header>`;
  }

  live() {
    if (this.offlineSince) {
      return html`<span class="dot off"></span>not answering since ${clock(this.offlineSince)}`;
    }
    const status = this.status;
    if (!status) return html`<span class="dot"></span>connecting…`;
    const services = status.services.length;
    const peak = this.walls?.load?.peakPerSecond;
    return html`<span class="dot ${status.receiving ? 'on' : ''}"></span>${
        status.receiving
          ? `receiving${services > 0 ? ` from ${services} ${services === 1 ? 'service' : 'services'}` : ''}`
          : status.lastReceived
            ? `silent for ${span(Date.parse(status.now) - Date.parse(status.lastReceived))}`
            : 'nothing received yet'
      }${peak === undefined ? nothing : html`<span class="more"> · peak ${rate(peak)}</span>`}${
        this.walls?.asOf ? html`<span class="more"> · as of ${clock(this.walls.asOf)}</span>` : nothing
      }`;
  }
}

function current() {
  return (
    document.documentElement.dataset.theme ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  );
}

customElements.define('headroom-header', HeadroomHeader);
