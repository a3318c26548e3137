import type { Effect, Expr } from '@backlot/protocol';
import type { Outcome } from '../rules/decide.ts';
import type { Occasion } from '../rules/terms.ts';
import type { TableModel } from '../state/tables.ts';

/** Share of answers that must lead to what a part of their path is said to be. */
const enough = 0.8;

const pathOf = ({ of }: Occasion): readonly string[] => (of.after.view.url.split(/[?#]/)[0] as string).split('/');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Effects with those that only a condition sets off. */
const flat = (effects: readonly Effect[]): readonly Effect[] =>
  effects.flatMap((effect) => ('if' in effect ? [effect, ...flat(effect.do)] : [effect]));

/** What names the records that the answer's effects add, with how to read the name of the one that an occasion added. */
function addedNames({ effects }: Outcome, tables: readonly TableModel[]) {
  return tables.flatMap(({ name, key }) => {
    const insert = flat(effects).find((effect) => 'insert' in effect && effect.insert === name);
    const expr = insert && 'insert' in insert && key !== undefined ? insert.row[key] : undefined;
    const read = ({ changes }: Occasion): string => String(changes.inserted.get(name)?.[0]?.row[key ?? ''] ?? '');
    return expr ? [{ expr, read }] : [];
  });
}

/**
 * The path that an answer leads to where its parts are constants, arguments of the request or the name of the record that it adds:
 * `/item/` + next number. Null where some part is none of these, or none differs.
 */
export function pathTerm(outcome: Outcome, tables: readonly TableModel[]): Expr | null {
  const { explained } = outcome;
  const paths = explained.map(pathOf);
  const [first = []] = paths;
  if (paths.some((path) => path.length !== first.length)) return null;
  const names = [...new Set(explained.flatMap(({ scope }) => Object.keys(scope.args)))].sort();
  const given = names.map((name) => ({ expr: { arg: name } as Expr, read: ({ scope }: Occasion) => String(scope.args[name] ?? '') }));
  const terms = [...given, ...addedNames(outcome, tables)];
  let varies = false;
  const args: Expr[] = [];
  for (const [i, word] of first.entries()) {
    if (i > 0) args.push({ lit: '/' });
    if (paths.every((path) => path[i] === word)) args.push({ lit: word });
    else {
      varies = true;
      const right = ({ read }: (typeof terms)[number]): number =>
        explained.filter((occasion, k) => read(occasion) === decode(paths[k]?.[i] ?? '')).length;
      const term = terms.find((one) => right(one) >= enough * explained.length);
      if (!term) return null;
      args.push({ fn: 'encode', args: [term.expr] });
    }
  }
  return varies ? { fn: 'concat', args } : null;
}
