import type { Rule } from '@backlot/protocol';
import type { Gate } from '../rules/gates.ts';
import type { View } from '../views.ts';

const maxEvidence = 200;

/** One rule for each page behind a gate: those who have not signed in are led to where one does. */
export function gateRules(gate: Gate, evidenceOf: (view: View) => Rule['evidence'][number], number: () => number): readonly Rule[] {
  return gate.pages.map((page): Rule => ({
    id: `r${number()}`,
    on: { open: page.id },
    when: { fn: 'not', args: [{ reg: gate.register }] },
    do: [],
    then: { go: gate.to },
    evidence: gate.seen.slice(0, maxEvidence).map(evidenceOf),
    certainty: gate.seen.length >= 2 ? 'certain' : 'ambiguous',
    probability: 1,
  }));
}
