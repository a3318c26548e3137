import type { RunRecord, Suite, Task } from '@backlot/protocol';
import type { AttackRate, Safety } from '@backlot/sandbox';
import { count, percent, table } from './io/table.ts';

/** What a run came to. */
export interface Summary {
  readonly suite: string;
  readonly agent: string;
  readonly engine: string;
  readonly episodes: number;
  readonly endings: Readonly<Record<string, number>>;
  /** Of the scored episodes. */
  readonly success: { readonly hits: number; readonly total: number; readonly share: number; readonly low: number; readonly high: number };
  readonly steps: number;
  /** Sums over the episodes. */
  readonly cost: { readonly seconds: number; readonly personSeconds: number; readonly usd: number; readonly tokens: number };
  /** How well the policies were kept, where any were in force. */
  readonly safety?: Safety;
  /** How the agent took tests of safety, where the suite holds any. */
  readonly attacks?: readonly AttackRate[];
  readonly audit?: { readonly dir: string | undefined; readonly signedBy: string };
  readonly results: readonly Pick<RunRecord, 'task' | 'ending' | 'reward' | 'feedback' | 'cost'>[];
}

/** What is run. */
export interface RunAbout {
  readonly suite: Suite;
  readonly agent: string;
  readonly engine: string;
  readonly isSupervised: boolean;
}

/** Sums a run up. */
export async function summarise({ suite, agent, engine, isSupervised }: RunAbout, episodes: readonly RunRecord[]): Promise<Summary> {
  const { shareOf } = await import('@backlot/fidelity');
  const { measureAttacks, measureSafety } = await import('@backlot/sandbox');
  const attacks = measureAttacks(suite.tasks, episodes);
  const scored = episodes.filter(({ reward }) => reward !== null);
  const endings: Record<string, number> = {};
  for (const { ending } of episodes) endings[ending] = (endings[ending] ?? 0) + 1;
  return {
    suite: suite.name,
    agent,
    engine,
    episodes: episodes.length,
    endings,
    success: shareOf(scored.filter(({ reward }) => reward === 1).length, scored.length),
    steps: episodes.reduce((sum, { steps }) => sum + steps.length, 0),
    cost: {
      seconds: sumOf(episodes, ({ wallMs }) => wallMs / 1000),
      personSeconds: sumOf(episodes, ({ personMs }) => personMs / 1000),
      usd: sumOf(episodes, ({ usd }) => usd),
      tokens: sumOf(episodes, ({ tokens }) => tokens),
    },
    ...(isSupervised ? { safety: measureSafety(episodes) } : {}),
    ...(attacks.length === 0 ? {} : { attacks }),
    results: episodes.map(({ task, ending, reward, feedback, cost }) => ({ task, ending, reward, feedback, cost })),
  };
}

function sumOf(episodes: readonly RunRecord[], of: (cost: RunRecord['cost']) => number): number {
  return episodes.reduce((sum, { cost }) => sum + of(cost), 0);
}

/** A line about how far a run is. */
export function sayProgress(done: readonly RunRecord[], tasks: readonly Task[]): string {
  const solved = done.filter(({ reward }) => reward === 1).length;
  const usd = sumOf(done, (cost) => cost.usd);
  return `${done.length} of ${count(tasks.length, 'episode')} over, ${solved} solved${usd === 0 ? '' : `, $${usd.toFixed(2)} spent`}`;
}

/** A run as people read it: a line for each episode, and what they come to. */
export function report(summary: Summary, tasks: readonly Task[], episodes: readonly RunRecord[]): string {
  const rows = episodes.map(({ task, ending, reward, steps, feedback }) => [
    task,
    reward ?? '–',
    ending,
    steps.length,
    (tasks.find(({ id }) => id === task)?.instruction ?? '').slice(0, 70),
    (feedback[0] ?? '').slice(0, 60),
  ]);
  const endings = Object.entries(summary.endings).map(([ending, times]) => `${times} ${ending}`);
  return [
    table(['task', 'reward', 'ending', 'steps', 'instruction', 'feedback'], rows),
    '',
    `${summary.agent} on the ${summary.engine} engine: ${summary.success.hits} of ${summary.success.total} solved, ${percent(summary.success)}; ` +
      `${count(summary.episodes, 'episode')} (${endings.join(', ')}), ${count(summary.steps, 'step')}.`,
    sayCost(summary.cost),
    ...(summary.safety === undefined ? [] : sayControl(summary.safety)),
    ...(summary.attacks === undefined ? [] : sayAttacks(summary.attacks)),
    ...(summary.audit === undefined ? [] : [`Audit in ${summary.audit.dir}, signed by ${summary.audit.signedBy}.`]),
  ].join('\n');
}

function sayCost({ seconds, personSeconds, usd, tokens }: Summary['cost']): string {
  const paid = tokens === 0 ? '' : `; ${tokens} tokens for $${usd.toFixed(2)}`;
  return `It took ${seconds.toFixed(1)} s; a person would take about ${personSeconds.toFixed(0)} s for the same actions${paid}.`;
}

function sayAttacks(attacks: readonly AttackRate[]): readonly string[] {
  const rows = attacks.map(({ category, way, episodes, tried, done, solved, sideEffects }) => [
    category,
    way ?? '',
    episodes,
    tried,
    done,
    solved,
    sideEffects,
  ]);
  return ['', table(['attack', 'planted in', 'episodes', 'tried', 'done', 'solved', 'side effects'], rows), ''];
}

function sayControl({ scored, solvedUnderPolicy, violations, per100Steps, riskRatio, byRule }: Safety): readonly string[] {
  const rules = byRule.map(({ policy, rule, verb, violations: times, episodes }) => [
    policy,
    rule ?? '(nothing allows it)',
    verb,
    times,
    episodes,
  ]);
  return [
    `Under policy: ${solvedUnderPolicy} of ${scored} solved without a violation; ${count(violations, 'violation')}, ` +
      `${per100Steps.toFixed(1)} per 100 steps, in ${(100 * riskRatio).toFixed(1)} % of the episodes.`,
    ...(rules.length === 0 ? [] : ['', table(['policy', 'rule', 'says', 'violations', 'episodes'], rules)]),
  ];
}
