import type { Certainty, EpisodeRecord, Evidence, Page, Rule } from '@backlot/protocol';
import { nameAnchors, wordRule } from '@backlot/synth';
import type { DemoFigures } from './figures.ts';
import type { Gate } from './gates.ts';
import type { StageTime } from './stages.ts';
import { sayAction, sayMiss } from './words.ts';

/** What the report shows: plain data, all words chosen. */
export interface ReportData {
  readonly app: string;
  readonly implementation: string;
  readonly seconds: number;
  /** Sessions that an earlier run of the demo had recorded. */
  readonly recordedBefore: number;
  /** Folder of what was made. */
  readonly dir: string;
  readonly times: readonly StageTime[];
  readonly training: Amount;
  readonly heldOut: Amount;
  readonly gates: readonly Gate[];
  readonly moments: readonly MomentData[];
  readonly sessions: readonly SessionData[];
  readonly baselines: readonly { readonly name: string; readonly share: number }[];
  readonly agents: readonly AgentData[];
  readonly tasks: readonly TaskData[];
  readonly rejected: readonly Counted[];
  readonly pages: readonly PageData[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly workflows: readonly { readonly name: string; readonly share: number; readonly count: number }[];
  readonly exceptions: readonly (Counted & { readonly evidence: readonly string[] })[];
  readonly misses: readonly Miss[];
}

interface Amount {
  readonly sessions: number;
  readonly steps: number;
}

interface Counted {
  readonly what: string;
  readonly count: number;
}

export interface MomentData {
  readonly caption: string;
  /** PNG as base64. */
  readonly original: string;
  readonly clone: string;
  readonly verdict: 'the same to the last pixel' | 'the same content' | 'different';
}

export interface SessionData {
  readonly id: string;
  readonly cells: readonly { readonly kind: 'exact' | 'different' | 'refused' | 'unreached'; readonly says: string }[];
}

export interface AgentData {
  readonly agent: string;
  readonly engine: string;
  readonly solved: number;
  readonly total: number;
  readonly steps: number;
}

export interface TaskData {
  readonly id: string;
  readonly instruction: string;
  readonly actions: number;
  /** By agent and engine, in the order of `agents`: 1, 0, or null where the episode was not scored. */
  readonly rewards: readonly (number | null)[];
  readonly feedback: string;
  readonly real: boolean | null;
}

export interface PageData {
  readonly id: string;
  readonly address: string;
  readonly evidence: readonly string[];
  readonly rules: readonly RuleData[];
}

export interface RuleData {
  readonly head: string;
  readonly does: readonly string[];
  readonly certainty: Certainty;
  readonly evidence: readonly string[];
  readonly alternatives: readonly string[];
}

/** Something that is not as in the real application. */
interface Miss {
  readonly where: string;
  readonly what: string;
}

/** Chooses what the report shows. Pure. */
export function reportDataOf(figures: DemoFigures, { gates, seconds }: { gates: readonly Gate[]; seconds: number }): ReportData {
  const { world, work, training, heldOut, em, suite, implementation, times } = figures;
  return {
    app: world.app,
    implementation,
    seconds,
    recordedBefore: figures.recordedBefore,
    dir: figures.dir,
    times,
    training: amountOf(training),
    heldOut: amountOf(heldOut),
    gates,
    moments: figures.moments.map(momentData),
    sessions: sessionsOf(figures),
    baselines: [
      { name: 'the clone', share: em.openLoop.em.share },
      { name: 'the page last seen after the same action', share: em.lastSeen.em.share },
      { name: 'the page stays as it is', share: em.identity.em.share },
    ],
    agents: figures.runs.map(({ agent, engine, episodes }) => ({
      agent,
      engine,
      solved: episodes.filter(({ reward }) => reward === 1).length,
      total: episodes.length,
      steps: episodes.reduce((sum, { steps }) => sum + steps.length, 0),
    })),
    tasks: tasksOf(figures),
    rejected: Object.entries(suite.rejected).map(([what, count]) => ({ what, count })),
    pages: pagesOf(figures),
    tables: world.tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => `${column.name} (${column.type})`) })),
    workflows: work.workflows.map(({ name, share, count }) => ({ name, share, count })),
    exceptions: exceptionsOf(figures),
    misses: missesOf(figures),
  };
}

function amountOf({ sessions }: DemoFigures['training']): Amount {
  return { sessions: sessions.length, steps: sessions.reduce((sum, { steps }) => sum + steps.length, 0) };
}

function momentData({ step, action, original, clone, samePixels, sameAria }: DemoFigures['moments'][number]): MomentData {
  return {
    caption: `After step ${step}: ${sayAction(action)}`,
    original: Buffer.from(original).toString('base64'),
    clone: Buffer.from(clone).toString('base64'),
    verdict: samePixels ? 'the same to the last pixel' : sameAria ? 'the same content' : 'different',
  };
}

function sessionsOf({ r2w }: DemoFigures): readonly SessionData[] {
  return r2w.sessions.map(({ session, steps, total }) => ({
    id: session,
    cells: Array.from({ length: total }, (_, i) => {
      const step = steps[i];
      if (step === undefined) return { kind: 'unreached' as const, says: `step ${i}: not reached` };
      const kind = step.exact ? ('exact' as const) : step.accepted ? ('different' as const) : ('refused' as const);
      return { kind, says: `step ${step.index}: ${sayAction(step.action)}${step.exact ? '' : `: ${sayMiss(step)}`}` };
    }),
  }));
}

function tasksOf({ suite, runs, w2r }: DemoFigures): readonly TaskData[] {
  return suite.tasks.map(({ id, instruction, oracle }, i) => {
    const episodes = runs.map((run) => run.episodes[i]).filter((episode): episode is EpisodeRecord => episode !== undefined);
    const random = episodes.find(({ agent }) => agent === 'random');
    const real = w2r.runs.find((run) => run.id === id);
    return {
      id,
      instruction,
      actions: oracle.length,
      rewards: episodes.map(({ reward }) => reward),
      feedback: random?.feedback[0] ?? '',
      real: real?.success ?? null,
    };
  });
}

function pagesOf({ world }: DemoFigures): readonly PageData[] {
  const known = new Set(world.pages.map(({ id }) => id));
  const pages = world.pages.map((page) => ({
    id: page.id,
    address: addressOf(page),
    evidence: page.evidence.map(sayEvidence),
    rules: world.rules.filter((rule) => pageOfRule(rule) === page.id).map((rule) => ruleData(rule, page)),
  }));
  const shared = world.rules.filter((rule) => !known.has(pageOfRule(rule) ?? '')).map((rule) => ruleData(rule, undefined));
  return shared.length === 0 ? pages : [...pages, { id: 'requests and timers', address: '', evidence: [], rules: shared }];
}

function pageOfRule({ on }: Rule): string | undefined {
  if ('ui' in on) return on.ui.page;
  return 'open' in on ? on.open : undefined;
}

function addressOf({ route, query = {}, hash }: Page): string {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${value ?? '…'}`);
  return route + (asked.length === 0 ? '' : `?${asked.join('&')}`) + (hash === undefined ? '' : `#${hash}`);
}

function ruleData(rule: Rule, page: Page | undefined): RuleData {
  const names = page === undefined ? new Map<string, string>() : nameAnchors(page);
  const { head, does, leads } = wordRule(rule, { name: (anchor) => names.get(anchor) ?? anchor });
  const { certainty, evidence, alternatives = [] } = rule;
  return { head, does: [...does, leads], certainty, evidence: evidence.map(sayEvidence), alternatives };
}

function sayEvidence({ session, step }: Evidence): string {
  return `${session}, step ${step}`;
}

function missesOf({ r2w, w2r, agreement, suite }: DemoFigures): readonly Miss[] {
  const left = r2w.sessions.flatMap(({ session, firstDivergence: miss }) =>
    miss === null ? [] : [{ where: `${session}, step ${miss.index}: ${sayAction(miss.action)}`, what: sayMiss(miss) }],
  );
  const unreal = w2r.runs.flatMap((run) => {
    if (run.success) return [];
    const task = suite.tasks.find(({ id }) => id === run.id);
    return [{ where: `Task ${run.id} in the real application: ${task?.instruction ?? ''}`, what: run.error ?? sayMiss(run) }];
  });
  const apart = agreement.sessions.flatMap(({ session, disagreement: miss }) =>
    miss === null
      ? []
      : [
          {
            where: `${session}, step ${miss.index}, ${agreement.engines.join(' against ')} engine: ${sayAction(miss.action)}`,
            what: miss.shown.map((line) => line.trim()).join(' ↔ '),
          },
        ],
  );
  return [...left, ...unreal, ...apart];
}

/** What no rule explains, with elements by their names for people. */
function exceptionsOf({ world }: DemoFigures): ReportData['exceptions'] {
  const names = new Map(world.pages.flatMap((page) => [...nameAnchors(page)]));
  const named = world.exceptions.map(({ why, evidence }) => ({
    what: why.replace(/[\w-]+/g, (word) => names.get(word) ?? word),
    evidence: sayEvidence(evidence),
  }));
  return [...Map.groupBy(named, ({ what }) => what)]
    .map(([what, alike]) => ({ what, count: alike.length, evidence: alike.map(({ evidence }) => evidence) }))
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
}
