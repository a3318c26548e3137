import type { Effect, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import type { Belief } from '../state/belief.ts';
import { keyOf, nodesIn, scopeOf } from '../state/belief.ts';
import type { ElementPattern, Instance } from '../template/pattern.ts';
import type { Explained } from '../explain/site-holes.ts';
import type { Hole } from '../template/holes.ts';
import type { Occasion } from './candidates.ts';
import type { LearnedAction } from './learn.ts';

/** What the template says a field holds, without what the user put there. */
function templateValue(element: ElementPattern, instance: Instance, belief: Belief, explained: Explained): Value {
  const hole: Hole | undefined = belief.page.holes.find((candidate) => candidate.id === `${element.anchor}@value`);
  const expr = hole && explained.exprs.get(hole);
  if (!expr) return element.nodes.values().next().value?.attrs['value'] ?? '';
  const scope = scopeOf(belief, instance);
  return toText(evaluate(expr, scope));
}

const isTyped = (element: ElementPattern): boolean => element.tag === 'textarea' || element.tag === 'input';

/** Text fields that held something typed before the action and show the template's value again after it. */
function clearedFields(occasion: Occasion, explained: Explained): readonly ElementPattern[] {
  const { before, after, origin } = occasion.of;
  if (before.page !== after.page || before.view.load !== after.view.load) return [];
  const cleared: ElementPattern[] = [];
  for (const element of before.page.pattern.elements.values()) {
    if (!isTyped(element) || element === occasion.of.blurred?.element || (element === origin.element && origin.event === 'input')) continue;
    if (element.frame.list && element.frame !== origin.element.frame) continue;
    for (const [instance] of nodesIn(element, before.view)) {
      const key = keyOf(element, before.rowsOf(instance));
      const held = before.live.get(key);
      if (typeof held !== 'string' || held === templateValue(element, instance, before, explained)) continue;
      const now = after.live.get(key);
      const peer = nodesIn(element, after.view).find(([i]) => keyOf(element, after.rowsOf(i)) === key);
      if (peer && now === templateValue(element, peer[0], after, explained)) cleared.push(element);
    }
  }
  return cleared;
}

/** Effects that empty the fields which an action was seen to empty. */
export function draftEffects(action: LearnedAction, occasions: readonly Occasion[], explained: Explained): readonly Effect[] {
  const counts = new Map<string, number>();
  for (const occasion of occasions) {
    for (const element of clearedFields(occasion, explained)) counts.set(element.anchor, (counts.get(element.anchor) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count * 2 >= occasions.length || action.event === 'key')
    .map(([anchor]): Effect => ({ draft: anchor, to: null }));
}
