import type { Rule } from '@backlot/protocol';
import type { SignIn } from '../rules/sign-in.ts';
import type { View } from '../views.ts';
import { maxEvidence } from './max-evidence.ts';

/** One rule for each page for those who have signed in: those who have not signed in are led to where one does. */
export function signInRules(signIn: SignIn, evidenceOf: (view: View) => Rule['evidence'][number], number: () => number): readonly Rule[] {
  return signIn.pages.map((page): Rule => ({
    id: `r${number()}`,
    on: { open: page.id },
    when: { fn: 'not', args: [{ reg: signIn.register }] },
    do: [],
    then: { go: signIn.to },
    evidence: signIn.seen.slice(0, maxEvidence).map(evidenceOf),
    certainty: signIn.seen.length >= 2 ? 'certain' : 'ambiguous',
    probability: 1,
  }));
}
