import type { Effect, Rule } from '@backlot/protocol';
import type { Visit } from '../explain/visits.ts';
import type { View } from '../views.ts';
import { maxEvidence } from './max-evidence.ts';

function effectOf({ trail, parts, when }: Visit): Effect {
  const { name } = trail.register;
  const set: Effect = { set: name, to: { fn: 'recent', args: [{ reg: name }, { lit: trail.most }, ...parts] } };
  return 'lit' in when && when.lit === true ? set : { if: when, do: [set] };
}

/** One rule for each page that puts itself into trails when it is opened. */
export function visitRules(
  visits: readonly Visit[],
  evidenceOf: (view: View) => Rule['evidence'][number],
  number: () => number,
): readonly Rule[] {
  return [...Map.groupBy(visits, ({ page }) => page)].map(([page, mine]): Rule => {
    const seen = mine.flatMap((visit) => visit.seen);
    return {
      id: `r${number()}`,
      on: { open: page.id },
      do: mine.map(effectOf),
      then: 'stay',
      evidence: seen.slice(0, maxEvidence).map(evidenceOf),
      certainty: seen.length >= 2 ? 'certain' : 'ambiguous',
      probability: 1,
    };
  });
}
