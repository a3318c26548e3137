import type { State } from '@backlot/protocol';

/** What an entry of the browser's history carries. */
interface EntryMark {
  readonly backlot: { readonly run: number; readonly index: number };
}

/** Keeps the browser's history the same as the state's. Every entry is marked with its place and with the run of the episode. */
export interface HistoryMirror {
  /** Begins a run with the browser at place `at`, whose entry is written anew whatever it holds. */
  begin(run: number, at: number): void;
  /** The place that an entry's mark names; null for entries of others and of earlier runs. */
  placeOf(mark: unknown): number | null;
  /** Brings the browser's history to the state's: pushes, replaces or goes back. Going back takes the browser a moment. */
  follow(state: State): void;
  /** Hears that the browser stands at another entry. True where the mirror itself had sent it back, so that nobody moved. */
  moved(place: number | null): boolean;
}

/** How long the browser may take to go back, in milliseconds; after that it is taken not to have gone at all. */
const patience = 2000;

/** The place that an entry's mark names in a run of an episode. */
export function placeOf(mark: unknown, run: number): number | null {
  const own = (mark as Partial<EntryMark> | null)?.backlot;
  return own !== undefined && own.run === run && Number.isInteger(own.index) ? own.index : null;
}

/** A mirror that has not begun. */
export function createHistoryMirror(): HistoryMirror {
  let run = 0;
  let here = 0;
  let written: string | null = null;
  /** Until when the browser owes a way back that it was asked for; it does across the begin of a run too. */
  let owedUntil = 0;

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
  const stand = (place: number): void => {
    here = place;
    written = null;
  };

  return {
    begin(newRun, at) {
      run = newRun;
      stand(at);
    },
    placeOf: (mark) => placeOf(mark, run),
    follow({ history: { entries, index } }) {
      if (performance.now() < owedUntil) return;
      if (index < here) {
        owedUntil = performance.now() + patience;
        window.history.go(index - here);
        return;
      }
      const url = entries[here];
      if (url !== undefined && url !== written) write(here, url, 'replaceState');
      for (let next = here + 1; next <= index; next++) write(next, entries[next] as string, 'pushState');
    },
    moved(place) {
      const owed = performance.now() < owedUntil;
      owedUntil = 0;
      if (place !== null || owed) stand(place ?? 0);
      return owed;
    },
  };
}
