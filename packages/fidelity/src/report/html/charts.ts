import { html } from 'hono/html';
import type { Bin } from '../../calibration/reliability.ts';
import type { Horizon } from '../../clone/open-loop.ts';
import { percent, type Html } from './parts.ts';

const [left, top, width, height] = [44, 12, 420, 220];
const y = (share: number): number => top + height * (1 - share);

/** How exact pages are after k steps, with 95 % intervals. */
export function openLoopChart(curve: readonly Horizon[]): Html {
  const last = Math.log2(Math.max(2, ...curve.map(({ k }) => k)));
  const x = (k: number): number => left + 10 + ((width - 30) * Math.log2(k)) / last;
  const path = curve.map(({ k, exact }, i) => `${i === 0 ? 'M' : 'L'}${x(k).toFixed(1)} ${y(exact.share).toFixed(1)}`).join(' ');
  return html`<svg viewBox="0 0 480 ${height + 52}" role="img" aria-label="Exact pages by steps since the last real page">
    ${axis()}
    <path d="${path}" fill="none" stroke="var(--good)" stroke-width="2.5" />
    ${curve.map(
      ({ k, exact }) =>
        html`<line
            x1="${x(k)}"
            x2="${x(k)}"
            y1="${y(exact.low)}"
            y2="${y(exact.high)}"
            stroke="var(--good)"
            stroke-opacity=".45"
            stroke-width="2"
          />
          <circle cx="${x(k)}" cy="${y(exact.share)}" r="4" fill="var(--good)"
            ><title>${percent(exact.share)} % of ${exact.total}</title></circle
          >
          <text x="${x(k)}" y="${height + top + 18}" text-anchor="middle">${k}</text>`,
    )}
    <text x="${left + width / 2}" y="${height + top + 36}" text-anchor="middle">steps since the last real page</text>
  </svg>`;
}

/** What was foretold against what came: on the diagonal every probability is worth what it says. */
export function reliabilityChart(bins: readonly Bin[]): Html {
  const x = (share: number): number => left + (width - 20) * share;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return html`<svg viewBox="0 0 480 ${height + 52}" role="img" aria-label="Foretold probability against the share that came out so">
    ${axis()}
    <line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="var(--soft)" stroke-dasharray="4 4" />
    ${bins.map(
      ({ foretold, right, count }) =>
        html`<circle
          cx="${x(foretold)}"
          cy="${y(right)}"
          r="${(4 + 10 * Math.sqrt(count / most)).toFixed(1)}"
          fill="var(--good)"
          fill-opacity=".65"
        >
          <title>foretold ${percent(foretold)} %, right ${percent(right)} % of ${count}</title>
        </circle>`,
    )}
    ${[0, 0.5, 1].map((at) => html`<text x="${x(at)}" y="${height + top + 18}" text-anchor="middle">${percent(at)} %</text>`)}
    <text x="${left + width / 2}" y="${height + top + 36}" text-anchor="middle">foretold</text>
  </svg>`;
}

function axis(): Html {
  return html`${[0, 0.25, 0.5, 0.75, 1].map(
    (at) =>
      html`<line x1="${left}" x2="${left + width}" y1="${y(at)}" y2="${y(at)}" stroke="var(--line)" />
        <text x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${Math.round(100 * at)}</text>`,
  )}`;
}
