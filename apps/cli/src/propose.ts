import { homedir } from 'node:os';
import path from 'node:path';
import type { Session, World } from '@backlot/protocol';
import type { Proposals } from '@backlot/synth';
import { claudeFor } from './claude.ts';
import type { Context } from './io/command.ts';
import { count } from './io/table.ts';

/** What came of asking Claude. */
export type Proposed = Proposals;

/** What is asked about: a learned world, the sessions that decide, and the most that may be spent. */
export interface Asking {
  readonly world: World;
  readonly sessions: readonly Session[];
  readonly options: { readonly budgetUsd: number };
}

/** Answers are kept for all runs of this user: the same question is paid once. */
const cacheDir = (): string => path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'backlot', 'llm');

/** Asks Claude about what stayed open in a world, and lets the sessions decide. */
export async function proposed(asking: Asking, context: Context): Promise<Proposed> {
  const { problemsOf, propose, prover } = await import('@backlot/synth');
  const { terminal, signal } = context;
  const { world, sessions } = asking;
  const asker = await claudeFor({ usd: asking.options.budgetUsd, cacheDir: cacheDir() }, context);
  return propose(world, {
    problems: problemsOf(world, sessions),
    asker,
    prove: prover(sessions),
    signal,
    onProgress: ({ done, total, question }) => terminal.progress(`asking ${done + 1} of ${total}: ${question}`),
  });
}

/** Prints what would be asked and what it would cost. */
export async function planned(asking: Asking, context: Context): Promise<void> {
  const { problemsOf, provable, questionsOf } = await import('@backlot/synth');
  const { dollars } = await import('@backlot/llm');
  const questions = questionsOf(asking.world, problemsOf(asking.world, asking.sessions));
  const asked = questions.filter(provable);
  const claude = await claudeFor({ usd: asking.options.budgetUsd, cacheDir: cacheDir() }, context);
  const { model, remembered, requests, likely, most } = await claude.plan(asked.map(({ request }) => request));
  const result = {
    model,
    questions: asked.map(({ id }) => id),
    unprovable: questions.length - asked.length,
    remembered,
    likely,
    most,
    requests,
  };
  const lines = [
    `${count(requests.length, 'question')} would go to ${model}, ${remembered} more are answered already, ${result.unprovable} could not be proven.`,
    ...asked.map(({ id, problem }) => `  ${id}: ${count(problem.occasions.length, 'occasion')}`),
    `It would cost about ${dollars(likely.usd)}, at most ${dollars(most.usd)} (${most.tokens} tokens). Nothing was asked.`,
  ];
  context.terminal.result(result, lines.join('\n'));
}

/** Proposals as JSON, without the world. */
export function proposedSummary({ world: _world, ...rest }: Proposed): unknown {
  return rest;
}

/** Proposals in words. */
export function proposedText({ adopted, discarded, spent, stopped }: Proposed): readonly string[] {
  return [
    `Of what Claude proposed, ${adopted.length} adopted and ${discarded.length} discarded, for $${spent.usd.toFixed(4)}.`,
    ...adopted.map(({ question, won }) => `  ${question}: wins ${count(won, 'step')}`),
    ...discarded.map(({ question, reason }) => `  ${question}: ${reason}`),
    ...(stopped === undefined ? [] : [`Not everything was asked. ${stopped}`]),
  ];
}
