import type { Effect, Rule, Then } from '@backlot/protocol';

/** All effects of a rule, those inside of others and behind a dialog too, in order. */
export function ruleEffects({ do: effects, then }: Rule): readonly Effect[] {
  return [...effects, ...behind(then)].flatMap(nested);
}

function behind(then: Then): readonly Effect[] {
  return typeof then === 'object' && 'dialog' in then ? [...then.dialog.accept, ...behind(then.dialog.then)] : [];
}

function nested(effect: Effect): readonly Effect[] {
  return 'forEach' in effect || 'if' in effect ? effect.do.flatMap(nested) : [effect];
}
