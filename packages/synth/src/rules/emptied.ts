import type { Effect } from '@backlot/protocol';
import type { TrailModel } from '../explain/trails.ts';
import type { LearnedAction, LearnedActions } from './learn.ts';

const fewest = 2;

/** True where an action mostly leaves a trail empty that listed pages before. */
function empties(trail: TrailModel, { occasions }: LearnedAction): boolean {
  const [emptied, kept] = [true, false].map(
    (isEmpty) =>
      occasions.filter(({ of: { before, after } }) => {
        const [was, is] = [trail.shown.get(before.view), trail.shown.get(after.view)];
        return was !== undefined && is !== undefined && was.length > 0 && (is.length === 0) === isEmpty;
      }).length,
  ) as [number, number];
  return emptied >= fewest && emptied > kept;
}

function withEffects(action: LearnedAction, more: readonly Effect[]): LearnedAction {
  const { decision } = action;
  const outcomes = decision.outcomes.map((outcome) => ({ ...outcome, effects: [...outcome.effects, ...more] }));
  return { ...action, decision: { ...decision, effects: [...decision.effects, ...more], outcomes } };
}

/** Actions, with those that empty trails, as logging out does. Going from page to page fills them again. */
export function withEmptied(actions: LearnedActions, trails: readonly TrailModel[]): LearnedActions {
  const learned = [...actions].map(([name, action]): [string, LearnedAction] => {
    const emptied = trails.filter((trail) => empties(trail, action));
    const effects = emptied.map(({ register }): Effect => ({ set: register.name, to: { lit: [] } }));
    return [name, effects.length > 0 ? withEffects(action, effects) : action];
  });
  return new Map(learned);
}
