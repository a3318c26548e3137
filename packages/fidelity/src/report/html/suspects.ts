import { html } from 'hono/html';
import type { FidelityReport } from '../report.ts';
import type { NamedSuspect } from '../words.ts';
import { readable } from '../wording.ts';
import { missDiff } from './first-page.ts';
import { count, nothing, type Html } from './parts.ts';

const mostShown = 15;
const mostMisses = 3;

/** The parts of the world that may be at fault, those that explain most first. */
export function suspectList({ suspects, misses }: FidelityReport): Html {
  if (misses.length === 0) return nothing;
  const explaining = suspects.filter(({ explains }) => explains.length > 0);
  return html`<h2>Where it is wrong</h2>
    <p>
      ${count(misses.length, 'step')} came out otherwise. Each is put down to the part of the world that was in play in wrong steps and
      seldom in right ones; what one part explains is set aside before the next is looked for.
    </p>
    ${explaining.slice(0, mostShown).map(card)}
    ${explaining.length > mostShown ? html`<p class="note">and ${count(explaining.length - mostShown, 'more part')}; the JSON has all.</p>` : nothing}`;
}

function card({ words, score, right, explains }: NamedSuspect): Html {
  return html`<h3>${readable(words.name)}</h3>
    <p class="note">
      Explains ${count(explains.length, 'miss').replace(/misss$/, 'misses')}; in play in ${count(right, 'step')} that came out right.
      Suspicion ${score.toFixed(2)}.
    </p>
    ${words.says.length === 0 ? nothing : html`<p>${words.says.map(readable).join(' ')}</p>`} ${explains.slice(0, mostMisses).map(missDiff)}
    ${
      explains.length > mostMisses
        ? html`<details>
            <summary>${explains.length - mostMisses} more</summary>
            ${explains.slice(mostMisses).map(missDiff)}
          </details>`
        : nothing
    }`;
}
