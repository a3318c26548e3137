import type { Row, Seed, State, Value, World } from '@backlot/protocol';
import { own } from './own.ts';
import { remembered } from './remembered.ts';

const emptySeed: Seed = { tables: {}, registers: {} };

/** A state of no rows and no registers, at the start page, with nothing typed. */
export function blankState(account: string): State {
  return {
    v: 1,
    account,
    tables: {},
    registers: {},
    drafts: {},
    focus: null,
    hover: null,
    history: { entries: ['/'], index: 0 },
    dialog: null,
    clock: 0,
    timers: [],
    serial: 1,
  };
}

/** What an account has before it opens anything: its seed's rows and registers, at the world's start address, with nothing typed. */
export function seeded(world: World, account: string = world.defaultAccount): State {
  const seed = own(world.seeds, account) ?? own(world.seeds, world.defaultAccount) ?? emptySeed;
  const tables: Record<string, readonly Row[]> = {};
  for (const table of world.tables) tables[table.name] = seed.tables[table.name] ?? [];
  const registers: Record<string, Value> = {};
  for (const register of world.registers) registers[register.name] = seed.registers[register.name] ?? register.initial;
  return { ...blankState(account), tables, registers, history: { entries: [world.start], index: 0 } };
}

/** A fork is the state itself: states are never changed in place. */
export function fork(state: State): State {
  return state;
}

/** A state as JSON text, with nothing lost. */
export function toJSON(state: State): string {
  return JSON.stringify(state);
}

/** Reads what `toJSON` wrote. Throws an error that says what is wrong where the text is no state of this version. */
export function fromJSON(text: string): State {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error('The saved state is no JSON. Take a state that toJSON wrote.', { cause });
  }
  const state = value as Partial<State> | null;
  if (typeof state !== 'object' || state === null || state.v !== 1 || !state.tables || !state.history) {
    throw new Error('The saved text is no state of version 1: it lacks "v": 1, "tables" or "history".');
  }
  return state as State;
}

/** What a document load takes away: what was sent for it, drafts, focus, page-scope registers and page-scope columns. What has nothing to lose stays the same object. */
export function forgetPage(world: World, state: State): State {
  const passing = remembered(passings, world, passingOf);
  const tables: Record<string, readonly Row[]> = {};
  for (const { name, clear } of passing.tables) tables[name] = clear(state.tables[name] ?? []);
  const { posted: _, ...others } = state;
  return {
    ...others,
    tables: withChanges(state.tables, tables),
    registers: withChanges(state.registers, passing.registers),
    drafts: Object.keys(state.drafts).length === 0 ? state.drafts : {},
    focus: null,
    hover: null,
    timers: [],
  };
}

/** What of a world lasts no longer than a page. */
interface Passing {
  readonly tables: readonly { readonly name: string; readonly clear: (rows: readonly Row[]) => readonly Row[] }[];
  readonly registers: Readonly<Record<string, Value>>;
}

const passings = new WeakMap<World, Passing>();

function passingOf({ tables, registers }: World): Passing {
  const isPassing = ({ scope }: { readonly scope?: string }): boolean => scope === 'page';
  return {
    tables: tables.flatMap(({ name, columns }) => {
      const passing = columns.filter(isPassing);
      return passing.length === 0 ? [] : [{ name, clear: clearing(initialOf(passing)) }];
    }),
    registers: initialOf(registers.filter(isPassing)),
  };
}

/** Rows with these cells as they begin; the same list where they are so already. Lists of rows never change, so each is cleared once. */
function clearing(initial: Readonly<Record<string, Value>>): (rows: readonly Row[]) => readonly Row[] {
  const known = new WeakMap<readonly Row[], readonly Row[]>();
  return (rows) =>
    remembered(known, rows, () => {
      const cleared = rows.map((row) => withChanges<Value>(row, initial) as Row);
      return cleared.every((row, i) => row === rows[i]) ? rows : cleared;
    });
}

function initialOf(all: readonly { readonly name: string; readonly initial: Value }[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(all.map(({ name, initial }) => [name, initial]));
}

/** The record with other values under some names; the same record where it holds them already. */
function withChanges<T>(record: Readonly<Record<string, T>>, changes: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.keys(changes).every((name) => Object.hasOwn(record, name) && record[name] === changes[name])
    ? record
    : { ...record, ...changes };
}
