import type { Certainty, Explanation } from '@backlot/protocol';

const order: readonly Certainty[] = ['certain', 'ambiguous', 'unseen'];

/** Explanations of what happened one after the other, as one: the least certain decides. */
export function joinExplanations(parts: readonly Explanation[]): Explanation {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  const worst = Math.max(0, ...parts.map((part) => order.indexOf(part.certainty)));
  const likely = parts.flatMap(({ probability }) => probability ?? []);
  return {
    rules: parts.flatMap((part) => part.rules),
    certainty: order[worst] ?? 'certain',
    ...(likely.length === 0 ? {} : { probability: Math.min(...likely) }),
    note: parts.map((part) => part.note).join(' '),
  };
}

/** The explanation of an action that was not carried out. */
export function refusal(reason: string): Explanation {
  return { rules: [], certainty: 'certain', refused: reason, note: reason };
}

/** The explanation of an action that found everything as it wanted it. */
export const nothingToDo: Explanation = { rules: [], certainty: 'certain', note: 'There was nothing to do.' };
