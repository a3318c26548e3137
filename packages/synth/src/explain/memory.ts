import type { Expr, Query, Row, Value } from '@backlot/protocol';
import { withoutHash } from '@backlot/world';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';
import { ownAddress } from './own-address.ts';

/** What pages showed at their addresses, where no rule says why: a table of the remembered. */
export interface MemoryModel {
  readonly table: string;
  readonly holes: readonly Hole[];
  readonly exprs: ReadonlyMap<Hole, Expr>;
  /** Rows of each account. */
  readonly rows: (account: string) => readonly Row[];
}

/** Address without its fragment, as `ownAddress` computes it. */
export function keyOfUrl(url: string): string {
  const [path = '/', search = ''] = withoutHash(url).split('?');
  return `${path || '/'}?${search}`;
}

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
  if (modes.length === 0) return ownAddress;
  const marks = modes.flatMap((mode): Expr[] => [{ lit: '|' }, { fn: 'mark', args: [{ reg: mode.name }] }]);
  return { fn: 'concat', args: [ownAddress, ...marks] };
}

/** Key of the row that holds what an account's pages usually showed, for addresses never seen. */
const anywhere = '*';

function usualOf(hole: Hole, account: string, { isHeld, sessions }: MemoryInputs): Value {
  if (hole.live) return typeof hole.values.values().next().value === 'boolean' ? false : '';
  const free = [...hole.values].filter(([instance]) => !isHeld(hole, instance));
  const own = free.filter(([instance]) => sessions[instance.view.session]?.session.account === account);
  return commonest((own.length > 0 ? own : free).map(([, value]) => value));
}

type Cells = Map<string, Value[]>;

/** What holes showed under each name of an occasion, hole by hole. */
function gather(inputs: MemoryInputs, keep: (session: number) => boolean, namesOf: (view: View) => readonly string[]): Map<string, Cells> {
  const seen = new Map<string, Cells>();
  for (const [i, hole] of inputs.holes.entries()) {
    for (const [instance, value] of hole.values) {
      if (!keep(instance.view.session) || inputs.isHeld(hole, instance)) continue;
      for (const name of namesOf(instance.view)) {
        const cells = seen.get(name) ?? new Map<string, Value[]>();
        seen.set(name, cells);
        cells.set(`h${i}`, [...(cells.get(`h${i}`) ?? []), value]);
      }
    }
  }
  return seen;
}

/** What the address shows in any mode, told from what it shows in one. */
const anyMode = '|*';

/**
 * Remembers what holes showed at each address (and in each mode), by account; of addresses that the account never saw, what others
 * saw there; elsewhere their commonest value.
 */
export function rememberPage(inputs: MemoryInputs): MemoryModel {
  const table = `m${inputs.page}`;
  const at = (key: Expr): Query => ({ from: table, as: 'm', where: { fn: 'eq', args: [{ col: 'key', of: 'm' }, key] } });
  const exact = at(modedKeyTerm(inputs.modes));
  const address = at({ fn: 'concat', args: [ownAddress, { lit: anyMode }] });
  const elsewhere = at({ lit: anywhere });
  const exprs = new Map<Hole, Expr>();
  for (const [i, hole] of inputs.holes.entries()) {
    const get: Expr = { col: `h${i}`, of: 'm' };
    const otherwise: Expr = { fn: 'if', args: [{ count: address }, { first: address, get }, { first: elsewhere, get }] };
    exprs.set(hole, { fn: 'if', args: [{ count: exact }, { first: exact, get }, otherwise] });
  }
  const namesOf = (view: View): readonly string[] => [...new Set([modedKey(view, inputs.modes), `${keyOfUrl(view.url)}${anyMode}`])];
  const everywhere = gather(inputs, () => true, namesOf);
  const rows = (account: string): readonly Row[] => {
    const own = gather(inputs, (session) => inputs.sessions[session]?.session.account === account, namesOf);
    const names = [...new Set([...everywhere.keys(), anywhere])].sort();
    return names.map((name, n): Row => {
      const cells = own.get(name) ?? everywhere.get(name);
      const fallback = own.get(`${name.slice(0, name.lastIndexOf('|'))}${anyMode}`);
      const values = inputs.holes.map((hole, i) => {
        const column = `h${i}`;
        const seen = cells?.get(column) ?? fallback?.get(column);
        return [column, seen ? commonest(seen) : usualOf(hole, account, inputs)] as const;
      });
      return { ...Object.fromEntries(values), id: `${table}x${n}`, key: name };
    });
  };
  return { table, holes: inputs.holes, exprs, rows };
}
