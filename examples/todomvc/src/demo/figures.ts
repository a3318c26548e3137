import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { noopAgent, oracleAgent, randomAgent } from '@backlot/agents';
import { agreeEngines, measureEM, measureR2W, measureW2R, runOfEpisode } from '@backlot/fidelity';
import type { Agreement, EM, R2W, W2R } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import type { LogSet, Suite, World } from '@backlot/protocol';
import { findChromium, launchBrowser } from '@backlot/recorder';
import { createBrowserEngine, createTextEngine, serveClone, type Engine } from '@backlot/sandbox';
import { buildSuite, rejectionRate, writeSuite } from '@backlot/suites';
import type { WorkModel } from '@backlot/workflow';
import type { Browser } from 'playwright-core';
import { serveTodomvc } from '../serve.ts';
import { learn, type Learned } from './learn.ts';
import { takePictures, type Moment } from './pictures.ts';
import { play, type AgentRun } from './play.ts';
import { recordMissing } from './record-missing.ts';
import { Stages, type StageTime } from './stages.ts';

/** What the demo is asked to do. */
export interface DemoOptions {
  readonly implementation: string;
  /** Folder for everything that is made. */
  readonly out: string;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
}

/** All that the demo found. */
export interface DemoFigures {
  readonly implementation: string;
  readonly world: World;
  readonly work: WorkModel;
  readonly training: LogSet;
  readonly heldOut: LogSet;
  readonly r2w: R2W;
  readonly em: EM;
  readonly agreement: Agreement;
  readonly suite: Suite;
  readonly runs: readonly AgentRun[];
  readonly w2r: W2R;
  readonly moments: readonly Moment[];
  readonly times: readonly StageTime[];
  /** Sessions that an earlier run had recorded. */
  readonly recordedBefore: number;
  /** Folder of what was made. */
  readonly dir: string;
}

const trainingSessions = 20;
const heldOutSessions = 10;
const tasksWanted = 20;
const picturedMoments = 5;

interface Work extends DemoOptions {
  readonly dir: string;
  readonly stages: Stages;
}

/**
 * Goes the whole path: record, learn, measure, sample tasks, let agents attempt them, check in the real application.
 * @throws the signal's reason; where a part of the path can't be gone
 */
export async function demoFigures(options: DemoOptions): Promise<DemoFigures> {
  const work: Work = { ...options, dir: path.join(options.out, options.implementation), stages: new Stages() };
  const browser = await launchBrowser();
  const engines = [createTextEngine(), createBrowserEngine({ executablePath: findChromium() })] as const;
  try {
    const logs = await record(work, browser);
    const learned = await learnStage(work, logs.training);
    const { r2w, em } = await measure(learned, { ...work, ...logs });
    const agreement = await compareEngines(learned, { ...work, ...logs, engines });
    const suite = await sample(learned, work);
    const runs = await runAgents(learned, { ...work, suite, engines });
    const w2r = await backToReality(learned, { ...work, suite, runs, browser });
    const moments = await picture(learned, { ...work, ...logs, r2w, browser });
    const { implementation, stages, dir } = work;
    const { world } = learned.clone;
    return { implementation, world, work: learned.work, ...logs, r2w, em, agreement, suite, runs, w2r, moments, dir, times: stages.times };
  } finally {
    for (const engine of engines) await engine.close();
    await browser.close();
  }
}

interface Logs {
  readonly training: LogSet;
  readonly heldOut: LogSet;
  readonly recordedBefore: number;
}

async function record({ stages, dir, ...options }: Work, browser: Browser): Promise<Logs> {
  const base = { ...options, browser };
  const folder = (kind: string): { logs: string; truth: string } => ({
    logs: path.join(dir, 'logs', kind),
    truth: path.join(dir, 'truth', kind),
  });
  const made = await stages.run('Record people at work', async (progress) => {
    const first = { ...base, ...folder('training'), sessions: trainingSessions, firstSeed: 1 };
    const second = { ...base, ...folder('held-out'), sessions: heldOutSessions, firstSeed: 901 };
    const total = trainingSessions + heldOutSessions;
    const made =
      (await recordMissing({ ...first, onProgress: (done) => progress(`${done} of ${total} sessions`) })) +
      (await recordMissing({ ...second, onProgress: (done) => progress(`${trainingSessions + done} of ${total} sessions`) }));
    return [
      made,
      `${trainingSessions} sessions to learn from, ${heldOutSessions} to measure with${made < total ? `, ${total - made} of them from before` : ''}`,
    ];
  });
  return stages.run('Read the logs', async () => {
    const training = await readLogs(folder('training').logs, { signal: options.signal });
    const heldOut = await readLogs(folder('held-out').logs, { signal: options.signal });
    return [
      { training, heldOut, recordedBefore: trainingSessions + heldOutSessions - made },
      `${stepsOf(training)} + ${stepsOf(heldOut)} actions inferred`,
    ];
  });
}

function stepsOf({ sessions }: LogSet): number {
  return sessions.reduce((sum, { steps }) => sum + steps.length, 0);
}

function learnStage({ stages, dir }: Work, training: LogSet): Promise<Learned> {
  return stages.run('Learn the application', async () => {
    const learned = await learn(training, path.join(dir, 'clone'));
    const { pages, tables, rules, exceptions } = learned.clone.world;
    return [learned, `pages ${pages.length}, tables ${tables.length}, rules ${rules.length}, unexplained transitions ${exceptions.length}`];
  });
}

function measure({ clone }: Learned, { stages, training, heldOut, signal }: Work & Logs): Promise<{ r2w: R2W; em: EM }> {
  return stages.run('Replay fresh sessions in the clone', async () => {
    const r2w = await measureR2W({ clone, sessions: heldOut.sessions, engine: createTextEngine(), signal });
    const em = measureEM({ r2w, sessions: heldOut.sessions, training: training.sessions });
    return [{ r2w, em }, `${percent(r2w.accepted.share)} of actions accepted, ${percent(r2w.exact.share)} of pages exact`];
  });
}

type Engines = readonly [Engine, Engine];

function compareEngines({ clone }: Learned, { stages, heldOut, engines, signal }: Work & Logs & { engines: Engines }): Promise<Agreement> {
  return stages.run('Compare the engines', async (progress) => {
    let done = 0;
    const onProgress = (): void => progress(`${++done} of ${heldOut.sessions.length} sessions`);
    const agreement = await agreeEngines({ clone, sessions: heldOut.sessions, engines, signal, onProgress });
    const agreeing = agreement.sessions.filter(({ disagreement }) => disagreement === null).length;
    return [
      agreement,
      `${agreeing} of ${agreement.sessions.length} sessions the same in text and browser, ${agreement.observations} observations`,
    ];
  });
}

function sample({ clone, work }: Learned, { stages, dir, signal }: Work): Promise<Suite> {
  return stages.run('Sample tasks', async (progress) => {
    const suite = await buildSuite(clone.world, work, {
      n: tasksWanted,
      seed: 1,
      cloneDir: 'clone',
      hash: clone.hash,
      onProgress: ({ admitted, sampled }) => {
        signal.throwIfAborted();
        progress(`${admitted} of ${tasksWanted} admitted, ${sampled} tried`);
      },
    });
    await writeSuite(path.join(dir, 'suite.json'), suite);
    return [suite, `${suite.tasks.length} admitted, ${percent(rejectionRate(suite))} of the candidates rejected`];
  });
}

function runAgents(
  { clone }: Learned,
  { stages, dir, suite, engines, signal }: Work & { suite: Suite; engines: Engines },
): Promise<AgentRun[]> {
  return stages.run('Let agents try', async (progress) => {
    const runs: AgentRun[] = [];
    for (const engine of engines) {
      for (const agent of [oracleAgent, randomAgent, noopAgent]) {
        let done = 0;
        const onEpisode = (): void => progress(`${agent.name} on the ${engine.name} engine, ${++done} of ${suite.tasks.length} tasks`);
        const run = await play({ clone, tasks: suite.tasks, agent, engine, signal, onEpisode });
        writeFileSync(
          path.join(dir, `${agent.name}-${engine.name}.jsonl`),
          run.episodes.map((each) => `${JSON.stringify(each)}\n`).join(''),
        );
        runs.push(run);
      }
    }
    const solved = runs.map(
      ({ agent, engine, episodes }) => `${agent} ${episodes.filter(({ reward }) => reward === 1).length} (${engine})`,
    );
    return [runs, `of ${suite.tasks.length} tasks solved: ${solved.join(', ')}`];
  });
}

interface Returning extends Work {
  readonly suite: Suite;
  readonly runs: readonly AgentRun[];
  readonly browser: Browser;
}

function backToReality({ clone }: Learned, { stages, suite, runs, browser, signal, implementation }: Returning): Promise<W2R> {
  return stages.run('Do the same in the real application', async (progress) => {
    const real = await serveTodomvc(implementation);
    const oracle = runs.find(({ agent, engine }) => agent === oracleAgent.name && engine === 'text')?.episodes ?? [];
    const cloneRuns = suite.tasks.flatMap((task, i) => {
      const episode = oracle[i];
      return episode === undefined ? [] : [runOfEpisode(clone.world.start, task, episode)];
    });
    let done = 0;
    try {
      const w2r = await measureW2R({
        runs: cloneRuns,
        // Its data live in the browser context, and every run has a fresh one.
        real: { open: async () => ({ baseURL: real.baseURL, close: () => Promise.resolve() }) },
        browser,
        viewport: clone.world.viewport,
        concurrency: 2,
        signal,
        onProgress: () => progress(`${++done} of ${cloneRuns.length} runs`),
      });
      return [w2r, `${w2r.success.hits} of ${w2r.success.total} runs end on the page that the clone showed`];
    } finally {
      await real.close();
    }
  });
}

interface Picturing extends Work, Logs {
  readonly r2w: R2W;
  readonly browser: Browser;
}

function picture({ clone }: Learned, { stages, heldOut, r2w, browser, signal, implementation }: Picturing): Promise<Moment[]> {
  return stages.run('Take pictures', async () => {
    const longest = r2w.sessions.toSorted(
      (a, b) => b.steps.filter(({ exact }) => exact).length - a.steps.filter(({ exact }) => exact).length,
    )[0];
    const session = heldOut.sessions.find(({ id }) => id === longest?.session) ?? heldOut.sessions[0];
    if (session === undefined) return [[], 'there is no session to picture'];
    const real = await serveTodomvc(implementation);
    const served = await serveClone(clone.dir, { account: session.account });
    try {
      const moments = await takePictures({ session, original: real.baseURL, clone: served.url, browser, count: picturedMoments, signal });
      const same = moments.filter(({ samePixels }) => samePixels).length;
      return [moments, `${moments.length} moments of session ${session.id}, ${same} of them the same to the last pixel`];
    } finally {
      await served.close();
      await real.close();
    }
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
