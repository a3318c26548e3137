import type { Rule, World } from '@backlot/protocol';
import { ruleEffects } from '@backlot/reward';

/**
 * Tables that only hold what a page shows: every rule that takes rows out of them does no more than open a page. Nothing is lost with
 * their rows.
 */
export function viewTables(world: World): ReadonlySet<string> {
  const known = cache.get(world);
  if (known !== undefined) return known;
  const views = new Set<string>();
  const data = new Set<string>();
  for (const rule of world.rules) {
    for (const effect of ruleEffects(rule)) if ('delete' in effect) (isLooking(rule) ? views : data).add(effect.delete);
  }
  const made = new Set([...views].filter((table) => !data.has(table)));
  cache.set(world, made);
  return made;
}

const cache = new WeakMap<World, ReadonlySet<string>>();

/** A request that asks for a page and shows it, or the opening of a page. */
function isLooking({ on, then }: Rule): boolean {
  return 'open' in on || ('request' in on && on.request.method === 'GET' && then === 'default');
}
