import { commonest } from './commonest.ts';
import type { Example, Learned } from './learn-expr.ts';

/** Share of the occasions out of the ordinary that an explanation has to get right. */
const found = 0.7;

/**
 * The explanation, unless it is right only because hardly anything ever changes: a constant that is wrong now and then, or a condition
 * that never sees what is rare, explains nothing.
 */
export function tellsUnusual(learned: Learned | null, examples: readonly Example[]): Learned | null {
  if (!learned || learned.misses.length === 0) return learned;
  const usual = commonest(examples.map(({ value }) => value));
  const unusual = examples.filter(({ value }) => value !== usual).length;
  const missed = learned.misses.filter((i) => examples[i]?.value !== usual).length;
  return missed <= (1 - found) * unusual ? learned : null;
}
