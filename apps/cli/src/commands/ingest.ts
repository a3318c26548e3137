import type { LogSet, Problem, Session } from '@backlot/protocol';
import type { Command } from 'commander';
import { checkFolder } from '../files.ts';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes } from '../io/errors.ts';
import { count, table } from '../io/table.ts';

/** What was understood of one session. */
interface SessionSummary {
  readonly session: string;
  readonly account: string;
  readonly app: string;
  readonly synthetic: boolean;
  readonly steps: number;
  readonly requests: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly problems: number;
}

/** `backlot ingest LOGS` */
export function ingestCommand(): Command {
  return command({
    name: 'ingest',
    summary: 'read logs and tell what was understood: sessions, steps, actions, problems',
    examples: ['backlot ingest logs', 'backlot ingest logs --json'],
  })
    .argument('<logs>', 'folder of NAME.rrweb.json[.gz], each with NAME.har[.gz] and NAME.meta.json if there are any')
    .addHelpText(
      'after',
      '\nExits with 1 where something in the logs could not be used (the rest is read all the same), with 2 where nothing could.',
    )
    .action((logs: string, options: { readonly json?: boolean }) => run(options, (context) => ingest(logs, context)));
}

async function ingest(logs: string, { terminal, signal }: Context): Promise<Verdict> {
  checkFolder(logs, 'the folder that holds the logs');
  const { readLogs } = await import('@backlot/logs');
  const set = await readLogs(logs, {
    signal,
    onProgress: ({ done, total, name }) =>
      terminal.progress(name === undefined ? `read ${done} of ${total}` : `reading ${name}, ${done + 1} of ${total}`),
  });
  const sessions = set.sessions.map(summarise);
  const problems = problemsOf(set);
  const { text, enough } = verdictOf(set, problems);
  const assets = { count: set.assets.length, bytes: set.assets.reduce((sum, { base64 }) => sum + Math.floor((base64.length * 3) / 4), 0) };
  terminal.result(
    { sessions, actions: actionsOf(set.sessions), assets, problems, enough, verdict: text },
    report(set, { sessions, problems, text }),
  );
  if (!enough) return exitCodes.badUse;
  return problems.some(({ severity }) => severity === 'error') ? exitCodes.failed : exitCodes.done;
}

function summarise(session: Session): SessionSummary {
  const { id, account, app, synthetic, steps, problems } = session;
  const requests = steps.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  return { session: id, account, app, synthetic, steps: steps.length, requests, actions: actionsOf([session]), problems: problems.length };
}

function actionsOf(sessions: readonly Session[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { steps } of sessions) for (const { action } of steps) counts[action.kind] = (counts[action.kind] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

function problemsOf({ sessions, problems }: LogSet): readonly Problem[] {
  return [...problems, ...sessions.flatMap((session) => session.problems)];
}

const fewSessions = 5;
const shownPlaces = 5;

/** Enough for what, and which recordings would add most. */
function verdictOf({ sessions }: LogSet, problems: readonly Problem[]): { readonly text: string; readonly enough: boolean } {
  const steps = sessions.reduce((sum, session) => sum + session.steps.length, 0);
  if (steps === 0) return { text: 'Nothing can be learned from these logs.', enough: false };
  const lost = problems.filter(({ severity }) => severity === 'error').length;
  const few = sessions.length < fewSessions ? ' Few sessions: what only one of them shows stays ambiguous, so record more.' : '';
  const rare = rarePlaces(sessions);
  const more =
    rare.length === 0
      ? ''
      : ` Recordings of these places would add most, only one session shows them: ${rare.slice(0, shownPlaces).join('  ')}`;
  return { text: `Enough to learn from${lost > 0 ? `; ${count(lost, 'part')} could not be read` : ''}.${few}${more}`, enough: true };
}

/** Paths, numbers in them aside, that only one of several sessions visits. */
function rarePlaces(sessions: readonly Session[]): readonly string[] {
  const visits = new Map<string, number>();
  for (const { steps } of sessions) {
    const places = new Set(steps.map(({ after }) => (after.url.split(/[?#]/)[0] ?? '').replace(/\d+/g, '…')));
    for (const place of places) visits.set(place, (visits.get(place) ?? 0) + 1);
  }
  if (sessions.length < fewSessions) return [];
  return [...visits].flatMap(([place, times]) => (times === 1 ? [place] : [])).sort();
}

const shownProblems = 20;

interface Parts {
  readonly sessions: readonly SessionSummary[];
  readonly problems: readonly Problem[];
  readonly text: string;
}

function report(set: LogSet, { sessions, problems, text }: Parts): string {
  const kinds = Object.entries(actionsOf(set.sessions)).map(([kind, n]) => `${kind} ${n}`);
  const rows = sessions.map((each) => [
    each.session,
    each.account,
    each.steps,
    each.requests,
    Object.entries(each.actions)
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', '),
    each.problems === 0 ? '' : String(each.problems),
  ]);
  const named = problems.slice(0, shownProblems).map(sayProblem);
  const more = problems.length - named.length;
  return [
    ...(rows.length === 0 ? [] : [table(['session', 'account', 'steps', 'requests', 'actions', 'problems'], rows), '']),
    `${count(sessions.length, 'session')}, ${count(
      sessions.reduce((sum, { steps }) => sum + steps, 0),
      'step',
    )}${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}. ${count(set.assets.length, 'asset')}.`,
    ...(named.length === 0
      ? []
      : ['', ...named, ...(more > 0 ? [`… and ${count(more, 'more problem', 'more problems')}: see --json`] : [])]),
    '',
    text,
  ].join('\n');
}

function sayProblem({ file, event, severity, reason }: Problem): string {
  return `${severity}: ${file}${event === undefined ? '' : `, event ${event}`}: ${reason}`;
}
