import type { Register, State, Value, World } from '@backlot/protocol';
import { seeded } from '@backlot/world';

/** What every tab of a browser context shares: the data behind the pages, as a server and cookies would keep it. */
interface Shared {
  readonly world: string;
  readonly account: string;
  readonly tables: State['tables'];
  readonly registers: State['registers'];
  readonly clock: number;
  readonly serial: number;
}

/** What belongs to one tab. */
interface Tab {
  readonly run: number;
  readonly registers: State['registers'];
  readonly drafts: State['drafts'];
  readonly focus: State['focus'];
  readonly history: State['history'];
  readonly timers: State['timers'];
  readonly held: boolean;
}

/** A state as it was kept, and how much of it there was: all, only the shared data (a new tab), or nothing (a new episode). */
export interface Kept {
  readonly found: 'tab' | 'shared' | 'nothing';
  readonly state: State;
  /** Counts resets in this tab: history entries of an earlier run lead nowhere. */
  readonly run: number;
  /** True where real time does not move the virtual clock. */
  readonly held: boolean;
}

/** Keeps states of one world in the browser's storage: a fresh context holds none, so it is a fresh episode. */
export interface Store {
  read(account: string): Kept;
  write(state: State, tab: { readonly run: number; readonly held: boolean }): void;
  /** The state with the shared data as another tab left it. */
  refresh(state: State): State;
}

const sharedKey = 'backlot.shared';
const tabKey = 'backlot.tab';

/** FNV-1a over code units: tells one world from another at the same origin; nothing depends on its strength. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}

function readJson<T>(storage: Storage, key: string): T | null {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

function writeJson(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the episode goes on in memory and ends with the document.
  }
}

function pick(values: State['registers'], registers: readonly Register[]): Record<string, Value> {
  return Object.fromEntries(registers.filter((r) => r.name in values).map((r) => [r.name, values[r.name] as Value]));
}

/** The store of one world, told from others at the same origin by the text of its file. */
export function createStore(world: World, worldText: string): Store {
  const id = fingerprint(worldText);
  const isOfTab = (register: Register): boolean => register.scope === 'tab' || register.scope === 'page';
  const ofTab = world.registers.filter(isOfTab);
  const ofAll = world.registers.filter((register) => !isOfTab(register));
  const readShared = (): Shared | null => {
    const shared = readJson<Shared>(localStorage, sharedKey);
    return shared?.world === id ? shared : null;
  };
  /** What this tab wrote last: where nothing of it changed, writing it again would only cost. */
  let last: State | null = null;
  const isWritten = (state: State): boolean =>
    last !== null && (['account', 'tables', 'registers', 'clock', 'serial'] as const).every((part) => last?.[part] === state[part]);
  const withShared = (state: State, { tables, registers, clock, serial }: Shared): State => ({
    ...state,
    tables,
    registers: { ...state.registers, ...registers },
    clock: Math.max(clock, state.clock),
    serial: Math.max(serial, state.serial),
  });

  return {
    read(account) {
      const shared = readShared();
      const tab = readJson<Tab>(sessionStorage, tabKey);
      const run = tab?.run ?? 0;
      const held = tab?.held ?? false;
      const fresh = seeded(world, account);
      if (shared?.account !== account) return { found: 'nothing', state: fresh, run: run + 1, held };
      const state = withShared(fresh, shared);
      if (!tab) return { found: 'shared', state, run: 1, held };
      const { drafts, focus, history, timers } = tab;
      return {
        found: 'tab',
        state: { ...state, registers: { ...state.registers, ...tab.registers }, drafts, focus, history, timers },
        run,
        held,
      };
    },
    write(state, { run, held }) {
      const { account, tables, clock, serial, drafts, focus, history, timers } = state;
      if (!isWritten(state))
        writeJson(localStorage, sharedKey, { world: id, account, tables, registers: pick(state.registers, ofAll), clock, serial });
      last = state;
      writeJson(sessionStorage, tabKey, { run, held, registers: pick(state.registers, ofTab), drafts, focus, history, timers });
    },
    refresh(state) {
      last = null;
      const shared = readShared();
      return shared && shared.account === state.account ? withShared(state, shared) : state;
    },
  };
}
