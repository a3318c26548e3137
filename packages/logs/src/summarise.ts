import type { LogSet, Problem, Session } from '@backlot/protocol';
import { compare } from './files/find-logs.ts';

/** What was understood of one session. */
export interface SessionSummary {
  readonly session: string;
  readonly app: string;
  readonly account: string;
  readonly pageLoads: number;
  readonly steps: number;
  /** Number of actions by kind, in order of name. */
  readonly actions: Readonly<Record<string, number>>;
  /** Actions whose element could not be told. */
  readonly untold: number;
  readonly exchanges: number;
  readonly seconds: number;
  readonly problems: readonly Problem[];
}

/** What was understood of a folder of logs. */
export interface LogSummary {
  readonly sessions: readonly SessionSummary[];
  readonly totals: Omit<SessionSummary, 'session' | 'app' | 'account' | 'problems'> & {
    readonly errors: number;
    readonly warnings: number;
  };
  readonly apps: readonly string[];
  readonly accounts: readonly string[];
  readonly assets: number;
  /** Problems of files that gave no session. */
  readonly problems: readonly Problem[];
  /** `nothing`: no session could be read; `partial`: something was lost, see the problems; `whole`: all of it was understood. */
  readonly verdict: 'whole' | 'partial' | 'nothing';
  /** The verdict in a sentence or two. */
  readonly words: string;
}

const targeted = new Set(['click', 'dblclick', 'fill', 'select', 'check', 'uncheck', 'hover']);

/** Says what was understood of a set of logs. */
export function summarise(logs: LogSet): LogSummary {
  const sessions = logs.sessions.map(summariseSession);
  const all = [...logs.problems, ...sessions.flatMap(({ problems }) => problems)];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const sum = (part: 'pageLoads' | 'steps' | 'untold' | 'exchanges' | 'seconds'): number =>
    sessions.reduce((total, each) => total + each[part], 0);
  const totals = {
    pageLoads: sum('pageLoads'),
    steps: sum('steps'),
    actions: counted(sessions.flatMap(({ actions }) => Object.entries(actions))),
    untold: sum('untold'),
    exchanges: sum('exchanges'),
    seconds: sum('seconds'),
    errors,
    warnings: all.length - errors,
  };
  return {
    sessions,
    totals,
    apps: distinct(sessions.map(({ app }) => app)),
    accounts: distinct(sessions.map(({ account }) => account)),
    assets: logs.assets.length,
    problems: logs.problems,
    ...judge(sessions, totals, logs.assets.length),
  };
}

function summariseSession(session: Session): SessionSummary {
  const { id, app, account, steps, problems } = session;
  const last = steps.at(-1);
  const began = steps[0]?.before.at ?? 0;
  return {
    session: id,
    app,
    account,
    pageLoads: Math.max(0, (last?.after.load ?? -1) + 1),
    steps: steps.length,
    actions: counted(steps.map(({ action }) => [action.kind, 1])),
    untold: steps.filter(({ action }) => targeted.has(action.kind) && action.target === undefined).length,
    exchanges: steps.reduce((total, { exchanges }) => total + exchanges.length, 0),
    seconds: Math.round(((last?.after.at ?? began) - began) / 1000),
    problems,
  };
}

function judge(sessions: readonly SessionSummary[], totals: LogSummary['totals'], assets: number): Pick<LogSummary, 'verdict' | 'words'> {
  if (sessions.length === 0) return { verdict: 'nothing', words: 'No session could be read: see the problems.' };
  const lacks: string[] = [];
  if (totals.steps === 0) lacks.push('No user action was found.');
  if (totals.exchanges === 0) lacks.push('No requests stand beside the events: record HAR files to learn what is sent.');
  if (assets === 0) lacks.push('No style sheets, images or fonts: a clone will lack its pictures.');
  if (totals.errors > 0) lacks.push(`${totals.errors} of the things read were damaged: see the problems.`);
  const read = `${count(sessions.length, 'session')} with ${count(totals.steps, 'step')} were read.`;
  const isWhole = totals.errors === 0 && totals.warnings === 0 && totals.untold === 0 && totals.steps > 0;
  return { verdict: isWhole ? 'whole' : 'partial', words: [read, ...lacks].join(' ') };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function counted(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of distinct(pairs.map(([kind]) => kind))) counts[name] = 0;
  for (const [kind, number] of pairs) counts[kind] = (counts[kind] ?? 0) + number;
  return counts;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compare);
}
