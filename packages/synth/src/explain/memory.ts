import type { Expr, Row, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';

/** What pages showed at their addresses, where no rule says why: a table of the remembered. */
export interface MemoryModel {
  readonly table: string;
  readonly holes: readonly Hole[];
  readonly exprs: ReadonlyMap<Hole, Expr>;
  /** Rows of each account. */
  readonly rows: (account: string) => readonly Row[];
}

/** Address without its fragment, as `memoryKey` computes it. */
export function keyOfUrl(url: string): string {
  const [path = '/', search = ''] = (url.split('#')[0] as string).split('?');
  return `${path || '/'}?${search}`;
}

/** The current address without its fragment. */
export const memoryKey: Expr = { fn: 'concat', args: [{ loc: 'path' }, { lit: '?' }, { loc: 'search' }] };

interface MemoryInputs {
  /** True for what a user put into a field, which is not the page's. */
  readonly isHeld: (hole: Hole, instance: Instance) => boolean;
  readonly page: string;
  readonly holes: readonly Hole[];
  readonly sessions: readonly SessionViews[];
  /** Registers that tell much about pages: what is remembered depends on them. */
  readonly modes: readonly Mode[];
}

/** A register that what is remembered depends on. */
export interface Mode {
  readonly name: string;
  readonly at: (view: View) => Value;
}

const mark = (value: Value): string => (typeof value === 'boolean' ? (value ? '1' : '0') : String(value ?? ''));

/** Address and modes under which a view is remembered. */
export function modedKey(view: View, modes: readonly Mode[]): string {
  return keyOfUrl(view.url) + modes.map((mode) => `|${mark(mode.at(view))}`).join('');
}

/** The same, worked out in the world. */
export function modedKeyTerm(modes: readonly Mode[]): Expr {
  if (modes.length === 0) return memoryKey;
  const marks = modes.flatMap((mode): Expr[] => [{ lit: '|' }, { fn: 'mark', args: [{ reg: mode.name }] }]);
  return { fn: 'concat', args: [memoryKey, ...marks] };
}

/** Key of the row that holds what an account's pages usually showed, for addresses never seen. */
const anywhere = '*';

function usualOf(hole: Hole, account: string, { isHeld, sessions }: MemoryInputs): Value {
  if (hole.live) return typeof hole.values.values().next().value === 'boolean' ? false : '';
  const free = [...hole.values].filter(([instance]) => !isHeld(hole, instance));
  const own = free.filter(([instance]) => sessions[instance.view.session]?.session.account === account);
  return commonest((own.length > 0 ? own : free).map(([, value]) => value));
}

/** Remembers what holes showed at each address (and in each mode), by account; elsewhere their commonest value is shown. */
export function rememberPage(inputs: MemoryInputs): MemoryModel {
  const table = `m${inputs.page}`;
  const key = modedKeyTerm(inputs.modes);
  const keyAt = (view: View): string => modedKey(view, inputs.modes);
  const query = { from: table, as: 'm', where: { fn: 'eq', args: [{ col: 'key', of: 'm' }, key] } } as const;
  const elsewhere = { from: table, as: 'm', where: { fn: 'eq', args: [{ col: 'key', of: 'm' }, { lit: anywhere }] } } as const;
  const exprs = new Map<Hole, Expr>();
  for (const [i, hole] of inputs.holes.entries()) {
    const get: Expr = { col: `h${i}`, of: 'm' };
    exprs.set(hole, { fn: 'if', args: [{ count: query }, { first: query, get }, { first: elsewhere, get }] });
  }
  const rows = (account: string): readonly Row[] => {
    const seen = new Map<string, Map<string, Value[]>>();
    for (const [i, hole] of inputs.holes.entries()) {
      for (const [instance, value] of hole.values) {
        if (inputs.sessions[instance.view.session]?.session.account !== account || inputs.isHeld(hole, instance)) continue;
        const cells = seen.get(keyAt(instance.view)) ?? new Map<string, Value[]>();
        cells.set(`h${i}`, [...(cells.get(`h${i}`) ?? []), value]);
        seen.set(keyAt(instance.view), cells);
      }
    }
    seen.set(anywhere, new Map());
    return [...seen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([at, cells], n): Row => {
        const values = inputs.holes.map((hole, i) => [`h${i}`, commonest(cells.get(`h${i}`) ?? [usualOf(hole, account, inputs)])] as const);
        return { ...Object.fromEntries(values), id: `${table}x${n}`, key: at };
      });
  };
  return { table, holes: inputs.holes, exprs, rows };
}
