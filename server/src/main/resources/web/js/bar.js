import { svg, html } from 'lit';

/** A share as a short horizontal bar; its number stands beside it, so it is silent to screen readers. */
export function shareBar(share, tone = 'a') {
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return html`<svg class="bar tone-${tone}" aria-hidden="true" focusable="false">${svg`
    <rect class="bar-track" width="100%" height="100%" rx="2"></rect>
    <rect class="bar-fill" width=${width} height="100%" rx="2"></rect>`}</svg>`;
}
