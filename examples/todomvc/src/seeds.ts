import { planSession } from './plan.ts';

/**
 * The first of `sessions` seeds in a row, from `from` on, whose people type nothing that the people of the seeds `known` type.
 * Sessions with these seeds measure what was learned, not what was remembered.
 */
export function firstSeedUnlike(known: readonly number[], { from, sessions }: { from: number; sessions: number }): number {
  const seen = new Set(known.flatMap((seed) => typedTexts(seed)));
  let first = from;
  for (let seed = from; seed < first + sessions; seed += 1) {
    if (typedTexts(seed).some((text) => seen.has(text))) first = seed + 1;
  }
  return first;
}

function typedTexts(seed: number): string[] {
  const texts = planSession(seed).map(({ deed }) => (deed.do === 'typeNew' || deed.do === 'typeEdit' ? deed.text.trim() : ''));
  return texts.filter((text) => text !== '');
}
