import type { State } from '@backlot/protocol';

/** What an entry of the browser's history carries. */
interface EntryMark {
  readonly backlot: { readonly run: number; readonly index: number };
}

/** The place in the state's history that an entry's mark names; null for entries of others or of an earlier run. */
export function readMark(mark: unknown, run: number): number | null {
  const own = (mark as Partial<EntryMark> | null)?.backlot;
  return own !== undefined && own.run === run && Number.isInteger(own.index) ? own.index : null;
}

/** Keeps the browser's history the same as the state's. */
export interface HistoryMirror {
  /** Brings the browser's history to the state's: pushes, replaces or goes back. */
  follow(state: State): void;
  /** Says that the browser now stands at this place. */
  moved(index: number): void;
}

/** Starts with the browser at place `at`, whose entry is written anew whatever it holds. */
export function createHistoryMirror(run: number, at: number): HistoryMirror {
  let here = at;
  let written: string | null = null;

  const write = (index: number, url: string, how: 'pushState' | 'replaceState'): void => {
    const mark: EntryMark = { backlot: { run, index } };
    try {
      window.history[how](mark, '', url);
    } catch {
      // An address that the browser takes for another origin's: the entry stays, the bar shows the former address.
      window.history[how](mark, '');
    }
    here = index;
    written = url;
  };

  return {
    follow({ history }) {
      const { entries, index } = history;
      if (index < here) {
        window.history.go(index - here);
        return;
      }
      const url = entries[here];
      if (url !== undefined && url !== written) write(here, url, 'replaceState');
      for (let next = here + 1; next <= index; next++) write(next, entries[next] as string, 'pushState');
    },
    moved(index) {
      here = index;
      written = null;
    },
  };
}
