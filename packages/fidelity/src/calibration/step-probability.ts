import type { Rule, World } from '@backlot/protocol';

/** Steps of evidence after which a rule that always held is believed to hold half as often again as without any. */
const doubt = 1;

/**
 * The probability with which a step comes out as the world says, by what its rules were learned from: each rule counts with the share
 * of its occasions on which it held, drawn towards one half by as little evidence as it has (Laplace's rule of succession). Steps that no
 * rule decides count as what no evidence speaks against: the browser's own behaviour.
 */
export function stepProbability(world: World, rules: readonly string[]): number {
  const byId = rulesById(world);
  return [...new Set(rules)].reduce((product, id) => {
    const rule = byId.get(id);
    return rule === undefined ? product : product * heldShare(rule);
  }, 1);
}

function heldShare({ probability, evidence }: Rule): number {
  const n = evidence.length;
  return (probability * n + doubt) / (n + 2 * doubt);
}

const known = new WeakMap<World, ReadonlyMap<string, Rule>>();

function rulesById(world: World): ReadonlyMap<string, Rule> {
  let rules = known.get(world);
  if (rules === undefined) {
    rules = new Map(world.rules.map((rule) => [rule.id, rule]));
    known.set(world, rules);
  }
  return rules;
}
