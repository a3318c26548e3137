import type { Action, Effect, Expr, State, World } from '@backlot/protocol';
import { namesakeOf } from './namesakes.ts';
import { stepText, type TextStep } from '../text/text-engine.ts';
import { ruleEffects } from '@backlot/reward';
import { viewTables } from './view-tables.ts';

/**
 * Tables of which an action may delete records in the real application though none that is believed in goes: a rule fired that deletes,
 * and only records that the clone does not hold kept it from doing so; or the action means a control that is called like one beside it
 * that deletes, whatever else it is foreseen to change. The latter costs one more transition, and only where it is not foreseen to delete.
 */
export function suspectedDeletions(
  world: World,
  before: State,
  done: { readonly action: Action; readonly step: TextStep; readonly deletes: boolean },
): readonly string[] {
  const { action, step, deletes } = done;
  const own = deletedBy(world, step);
  if (own.length > 0 || deletes || action.kind !== 'click') return own;
  const namesake = namesakeOf(world, before, action);
  if (namesake === null) return [];
  const theirs = stepText(world, before, namesake);
  return deletedBy(world, theirs);
}

/** Tables from which rules that fired take records, whatever the arguments say. */
function deletedBy(world: World, { explanation, dialogs }: TextStep): readonly string[] {
  const views = viewTables(world);
  const isDismissed = dialogs.some(({ accepted }) => !accepted);
  const fired = world.rules.filter(({ id }) => explanation.rules.includes(id));
  const effects = fired.flatMap((rule) => ruleEffects(isDismissed ? { ...rule, then: 'stay' } : rule));
  return [
    ...new Set(
      effects.flatMap((effect) => ('delete' in effect && !views.has(effect.delete) && !isUpToArguments(effect) ? [effect.delete] : [])),
    ),
  ];
}

/** Whether what was entered decides by itself whether anything is deleted: then it was decided rightly, whatever records there are. */
function isUpToArguments({ where }: Extract<Effect, { delete: string }>): boolean {
  return conjuncts(where).some((part) => reads(part, 'arg') && !reads(part, 'col'));
}

function conjuncts(expr: Expr): readonly Expr[] {
  return 'fn' in expr && expr.fn === 'and' ? expr.args.flatMap(conjuncts) : [expr];
}

function reads(expr: Expr, what: 'arg' | 'col'): boolean {
  if (what in expr || (what === 'arg' && 'field' in expr)) return true;
  return 'fn' in expr && expr.args.some((part) => reads(part, what));
}
