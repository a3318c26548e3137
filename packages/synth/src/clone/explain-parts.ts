import type { Evidence } from '@backlot/protocol';
import type { Hole, Holes } from './explain-holes.ts';
import type { RuleFacts } from './explain-world.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { wordEvidence } from './word-evidence.ts';

/** More items than this are folded away. */
const mostOpen = 20;

/** `1 row`, `2 rows`. */
export const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** A list with its heading, folded away where it is long. */
export function listOf(heading: string, items: readonly Html[]): Html {
  const list = html`<ul>
    ${items}
  </ul>`;
  if (items.length <= mostOpen) {
    return html`<p>${heading}:</p>
      ${list}`;
  }
  return html`<details>
    <summary>${heading} (${items.length})</summary>
    ${list}
  </details>`;
}

/** Where something was learned, folded away. */
export function evidenceList(evidence: readonly Evidence[]): Html {
  if (evidence.length === 0) return html`<p class="evidence">No evidence.</p>`;
  return html`<details class="evidence">
    <summary>Evidence: ${plural(evidence.length, 'step')}</summary>
    <ul>
      ${wordEvidence(evidence).map((text) => html`<li>${text}</li>`)}
    </ul>
  </details>`;
}

const meanings = {
  certain: 'Every explanation that fits the evidence agrees.',
  ambiguous: 'Other explanations fit the evidence too.',
  unseen: 'No evidence: a fallback.',
} as const;

/** A rule as a card. */
export function ruleCard(rule: RuleFacts): Html {
  const steps = [...rule.does, rule.leads].map((text) => html`<li>${text}</li>`);
  const share = Math.round(rule.probability * 100);
  const held = rule.probability < 1 ? html` <span class="held">held in ${share} % of its occasions</span>` : html``;
  const decide = rule.wouldDecide.map((text) => html`<li>${text}</li>`);
  return html`<article class="rule" id="rule-${rule.id}">
    <h4>${rule.head}</h4>
    <p><span class="badge ${rule.certainty}" title="${meanings[rule.certainty]}">${rule.certainty}</span>${held} <code>${rule.id}</code></p>
    <ul>
      ${steps}
    </ul>
    ${decide.length > 0 ? listOf('What is open, and which recording would decide', decide) : html``} ${evidenceList(rule.evidence)}
  </article>`;
}

function holeItem({ says, inside }: Hole): Html {
  if (inside.length === 0) return html`<li>${says}</li>`;
  return html`<li>
    ${says}
    <ul>
      ${inside.map(holeItem)}
    </ul>
  </li>`;
}

const countOf = (holes: readonly Hole[]): number => holes.reduce((sum, { inside }) => sum + Math.max(1, countOf(inside)), 0);

/** What a page fills in, folded away. */
export function holeLists({ shown, looks }: Holes): Html {
  if (shown.length + looks.length === 0) return html`<p>The same for every state.</p>`;
  return html`${
    shown.length === 0
      ? html``
      : html`<details>
          <summary>What it shows (${countOf(shown)})</summary>
          <ul>
            ${shown.map(holeItem)}
          </ul>
        </details>`
  }
  ${
    looks.length === 0
      ? html``
      : html`<details>
          <summary>Looks and inner attributes (${looks.length})</summary>
          <ul>
            ${looks.map((text) => html`<li>${text}</li>`)}
          </ul>
        </details>`
  }`;
}
