import type { Effect, Expr, State, World } from '@backlot/protocol';
import { applyEffects } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import type { Occasion } from './candidates.ts';
import { candidatesFor } from './candidates.ts';
import { sameData } from './changes.ts';

/** Effects that together explain the occasions of one kind. */
export interface Program {
  readonly effects: readonly Effect[];
  readonly explained: readonly Occasion[];
}

/** The least of a world that effects need. */
export function effectWorld(tables: readonly TableModel[]): World {
  return {
    v: 1,
    app: '',
    viewport: { width: 0, height: 0 },
    start: '/',
    defaultAccount: '',
    tables: tables.map((table) => ({
      name: table.name,
      columns: table.columns.map((column) => ({
        name: column.name,
        type: column.type,
        scope: 'server',
        initial: column.type === 'boolean' ? false : '',
      })),
    })),
    registers: [],
    seeds: {},
    pages: [],
    rules: [],
    styles: [],
    css: [],
    exceptions: [],
  };
}

/** The state that effects lead to on an occasion. */
export function outcomeOf(effects: readonly Effect[], occasion: Pick<Occasion, 'scope'>, world: World): State {
  return applyEffects(effects, occasion.scope, { world, page: undefined }).state;
}

/** Tables that pages show whole; of the others, what was not in sight is anybody's guess. */
export function knownTables(tables: readonly TableModel[]): ReadonlySet<string> {
  return new Set(tables.filter((table) => !table.recalled).map((table) => table.name));
}

/** True where the effects lead from the state before to the data after. */
export function explains(effects: readonly Effect[], occasion: Occasion, tables: readonly TableModel[]): boolean {
  return sameData(outcomeOf(effects, occasion, effectWorld(tables)), occasion.of.after.state, knownTables(tables));
}

function bestEffect(component: string, tables: readonly TableModel[], occasions: readonly Occasion[]): Effect | null {
  let best: { effect: Effect; cover: number; cost: number } | null = null;
  for (const candidate of candidatesFor(component, tables, occasions)) {
    if (best && best.cover === occasions.length && candidate.cost >= best.cost) continue;
    const cover = occasions.filter(candidate.holds).length;
    if (cover > 0 && (!best || cover > best.cover || (cover === best.cover && candidate.cost < best.cost))) {
      best = { effect: candidate.effect, cover, cost: candidate.cost };
    }
  }
  return best && best.effect;
}

/** Updates of the same rows become one effect. */
function joinUpdates(effects: readonly Effect[]): readonly Effect[] {
  const joined: Effect[] = [];
  for (const effect of effects) {
    const at = joined.findIndex(
      (other) =>
        'update' in effect &&
        'update' in other &&
        other.update === effect.update &&
        JSON.stringify(other.where) === JSON.stringify(effect.where),
    );
    const other = joined[at];
    if (other && 'update' in other && 'update' in effect)
      joined[at] = { ...other, set: { ...other.set, ...(effect.set as Readonly<Record<string, Expr>>) } };
    else joined.push(effect);
  }
  return joined;
}

function isRecalled(component: string, tables: readonly TableModel[]): boolean {
  const name = component.slice(4).split('.')[0];
  return tables.some((table) => table.name === name && table.recalled);
}

/** Learns the effects behind occasions that changed the same components. */
export function learnProgram(signature: readonly string[], tables: readonly TableModel[], occasions: readonly Occasion[]): Program | null {
  const effects: Effect[] = [];
  for (const component of signature) {
    const effect = bestEffect(component, tables, occasions);
    if (effect) effects.push(effect);
    else if (!isRecalled(component, tables)) return null;
  }
  const joined = joinUpdates(effects);
  return { effects: joined, explained: occasions.filter((occasion) => explains(joined, occasion, tables)) };
}
