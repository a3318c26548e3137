import type { Expr } from '@backlot/protocol';
import { evaluate, functions, toText } from '@backlot/world';
import type { Scope } from '@backlot/world';
import { call } from '../call.ts';

/** The query parameters that an action changed, with what they were and became; blank where they were or are not there. */
export interface QueryChange {
  readonly scope: Scope;
  readonly changed: ReadonlyMap<string, { readonly was: string; readonly is: string }>;
}

/** What stands between a choice's parameter and its value where one name says both: `color-9`. */
const joints = ['-', '_', ':', '='];
const between = ',';
/** Share of the occasions that must be choices of this kind. */
const enough = 0.8;
const fewestValues = 2;

/** What a name says: the parameter and one of its values. */
interface Named {
  readonly cell: Expr;
  readonly joint: string;
}

const parameterOf = ({ cell, joint }: Named): Expr => call('beforeLast', cell, { lit: joint });
const valueOf = ({ cell, joint }: Named): Expr => call('afterLast', cell, { lit: joint });

/** A choice that was made or taken back. */
interface Choice {
  readonly value: string;
  /** What follows the parameter in the name that holds the choices. */
  readonly holds: string;
  /** The same for names that go with choices, with what they say. */
  readonly marks: ReadonlyMap<string, string>;
  /** Names of other parameters that are left out from then on. */
  readonly resets: readonly string[];
}

function choiceOf({ scope, changed }: QueryChange, named: Named): Choice | null {
  const parameter = toText(evaluate(parameterOf(named), scope));
  const value = toText(evaluate(valueOf(named), scope));
  if (parameter === '' || value === '') return null;
  const own = [...changed].filter(([name]) => name.startsWith(parameter));
  const isToggled = ({ was, is }: { was: string; is: string }): boolean => functions['toggled']?.(was, value, between) === is;
  const holding = own.find(([, change]) => isToggled(change));
  const resets = [...changed].filter(([name]) => !name.startsWith(parameter));
  if (!holding || resets.some(([, { is }]) => is !== '')) return null;
  const rest = (name: string): string => name.slice(parameter.length);
  const marks = own.filter((one) => one !== holding).map(([name, { was, is }]) => [rest(name), is === '' ? was : is] as const);
  return { value, holds: rest(holding[0]), marks: new Map(marks), resets: resets.map(([name]) => name) };
}

/** The address with a choice made or taken back, and what goes with any choice there while one is made. */
function address(
  named: Named,
  { holds, marks, resets }: { holds: string; marks: ReadonlyMap<string, string>; resets: readonly string[] },
): Expr {
  const here: Expr = { loc: 'href' };
  const name = (rest: string): Expr => (rest === '' ? parameterOf(named) : call('concat', parameterOf(named), { lit: rest }));
  const chosen = call('toggled', call('queryValue', here, name(holds)), valueOf(named), { lit: between });
  const mark = (to: Expr, [rest, said]: readonly [string, string]): Expr =>
    call('withQuery', to, name(rest), call('if', call('isBlank', chosen), { lit: '' }, { lit: said }));
  const plain = resets.reduce<Expr>((to, reset) => call('withQuery', to, { lit: reset }, { lit: '' }), here);
  return call('withQuery', [...marks].reduce(mark, plain), name(holds), chosen);
}

/**
 * The same page asked for one choice more or one less, where what was acted on names the parameter and its value in one (`color-9`):
 * other parameters of the same kind are asked for alike. Null where changes are not of this kind.
 */
export function choiceInQuery(changes: readonly QueryChange[], cells: readonly Expr[]): Expr | null {
  for (const cell of cells) {
    for (const joint of joints) {
      const named = { cell, joint };
      const choices = changes.flatMap((change) => choiceOf(change, named) ?? []);
      const holds = new Set(choices.map((choice) => choice.holds));
      const values = new Set(choices.map(({ value }) => value));
      if (choices.length < enough * changes.length || values.size < fewestValues || holds.size !== 1) continue;
      const marks = new Map(choices.flatMap((choice) => [...choice.marks]));
      const resets = new Set(choices.flatMap((choice) => choice.resets));
      return address(named, { holds: [...holds][0] as string, marks, resets: [...resets].sort() });
    }
  }
  return null;
}
