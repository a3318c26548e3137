import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { Action, DomElement, Session, State, Step, StyleRule, World } from '@backlot/protocol';
import { act, ariaSnapshot, observe, seeded, transition, underPointer } from '@backlot/world';

/** The first step of a session at which the world went another way: refused, or another page. */
export interface StepMiss {
  readonly session: string;
  readonly step: number;
  readonly action: Action;
  readonly refused?: string;
  /** First line that differs in the accessibility snapshot; empty where one snapshot ends before the other. */
  readonly want: string;
  readonly got: string;
}

/** How many logged steps the world takes, and how many lead to just the logged page. */
export interface Replay {
  readonly steps: number;
  readonly accepted: number;
  readonly exact: number;
  readonly firstMisses: readonly StepMiss[];
}

/** Snapshot lines without addresses and focus, of which a logged page says nothing certain. */
function linesOf(snapshot: string): readonly string[] {
  return snapshot
    .split('\n')
    .filter((line) => !/^\s*- \/url:/.test(line))
    .map((line) =>
      line
        .replace(/ \[active\]/g, '')
        .replace(/:$/, '')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}

/** Reads off the logged pages what assistive technology met, by the pages' own style sheets. */
class LoggedSnapshots {
  readonly #styles = new Map<string, readonly StyleRule[]>();

  after({ action, node, after }: Step, viewport: Session['viewport']): readonly string[] {
    const styles = this.#stylesOf(after.root, viewport);
    if (action.kind !== 'hover' || node === undefined) return linesOf(ariaSnapshot(after.root, styles));
    const { root, interaction } = underPointer(after.root, node);
    return linesOf(ariaSnapshot(root, styles, interaction));
  }

  #stylesOf(root: DomElement, viewport: Session['viewport']): readonly StyleRule[] {
    const sheets = styleSheetsOf(root);
    const name = JSON.stringify([viewport, sheets]);
    const styles = this.#styles.get(name) ?? compileStyles(sheets, viewport);
    this.#styles.set(name, styles);
    return styles;
  }
}

/** Where timers run, logged time passes before the next step. */
function rest(world: World, state: State, ms: number): State {
  return state.timers.length === 0 || ms <= 0 ? state : transition(world, state, { type: 'advance', ms }).state;
}

interface SessionReplay {
  readonly accepted: number;
  readonly exact: number;
  readonly firstMiss: StepMiss | null;
}

function replaySession(world: World, session: Session, logged: LoggedSnapshots): SessionReplay {
  let state = seeded(world, session.account);
  let [accepted, exact] = [0, 0];
  let firstMiss: StepMiss | null = null;
  for (const [i, step] of session.steps.entries()) {
    const { explanation, state: next } = act(world, state, step.action);
    const at = { session: session.id, step: step.index, action: step.action };
    const { refused } = explanation;
    if (refused !== undefined) return { accepted, exact, firstMiss: firstMiss ?? { ...at, refused, want: '', got: '' } };
    accepted++;
    state = rest(world, next, step.latencyMs + (session.steps[i + 1]?.thinkMs ?? 0));
    const want = logged.after(step, session.viewport);
    const got = linesOf(observe(world, state).aria);
    const differs = Array.from({ length: Math.max(want.length, got.length) }, (_, line) => line).find((line) => want[line] !== got[line]);
    if (differs === undefined) exact++;
    else firstMiss ??= { ...at, want: want[differs] ?? '', got: got[differs] ?? '' };
  }
  return { accepted, exact, firstMiss };
}

/**
 * Plays sessions in the interpreter, each from its account's seed, and compares the accessibility snapshot after every step with
 * that of the logged page. A refused action ends its session: the steps after it count as neither accepted nor exact.
 */
export function replaySteps(world: World, sessions: readonly Session[]): Replay {
  const logged = new LoggedSnapshots();
  const played = sessions.map((session) => replaySession(world, session, logged));
  const sum = (part: (of: SessionReplay) => number): number => played.reduce((total, of) => total + part(of), 0);
  return {
    steps: sessions.reduce((total, session) => total + session.steps.length, 0),
    accepted: sum((of) => of.accepted),
    exact: sum((of) => of.exact),
    firstMisses: played.flatMap((of) => of.firstMiss ?? []),
  };
}
