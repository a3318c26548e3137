import { functions } from '@backlot/world';
import type { Goal } from './goal.ts';
import { wanting } from './goal.ts';
import { numberSearch } from './numbers.ts';
import type { Term } from './term.ts';
import { call, parameter } from './term.ts';

const token = /(?<![\p{L}\d.,])-?\d+(?:[.,  ]\d{3}(?!\d))*(?:[.,]\d+)?/gu;
const mostTokens = 4;

const tokensOf = (text: string): readonly string[] => text.match(token) ?? [];
const read = (text: string): number => Number(functions['amount']?.(text) ?? 0);

/** How numbers are written: decimals, and what separates thousands. Null where the writings differ. */
function styleOf(tokens: readonly string[]): { readonly decimals: number; readonly group: string } | null {
  const groups = [',', '.', ' ', '\u00a0', ''];
  for (const group of groups) {
    for (const decimals of [0, 1, 2, 3, 4]) {
      const write = (text: string): unknown => functions['fixed']?.(read(text), decimals, group);
      if (tokens.every((text) => write(text) === text))
        return { decimals, group: tokens.some((text) => text.replace(/[.,]\d{1,2}$/, '').includes(group)) ? group : '' };
    }
  }
  return null;
}

const isPlain = (tokens: readonly string[]): boolean => tokens.every((text) => String(read(text)) === text);

/** Numbers in the wanted texts, column by column, where all texts have equally many. */
export function writtenNumbers(goal: Goal, rows: readonly number[]): readonly Term[] {
  const all = new Map(goal.rows.map((row) => [row, tokensOf(String(goal.want[row] ?? ''))]));
  const count = all.get(rows[0] as number)?.length ?? 0;
  if (count === 0 || count > mostTokens || [...all.values()].some((tokens) => tokens.length !== count)) return [];
  const made: Term[] = [];
  for (let column = 0; column < count; column++) {
    const tokens = goal.rows.map((row) => all.get(row)?.[column] ?? '');
    if (new Set(tokens).size < 2) continue;
    const want: number[] = [];
    for (const [i, row] of goal.rows.entries()) want[row] = read(tokens[i] as string);
    const numbers = numberSearch({ ...wanting(goal, goal.rows, want), maxCost: goal.maxCost }).slice(0, 6);
    if (numbers.length === 0) continue;
    const style = isPlain(tokens) ? null : styleOf(tokens);
    if (!isPlain(tokens) && !style) continue;
    made.push(...numbers.map((term) => (style ? call('fixed', [term, parameter(style.decimals), parameter(style.group)], -2) : term)));
  }
  return made;
}
