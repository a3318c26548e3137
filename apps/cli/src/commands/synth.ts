import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certainty, LogSet, World } from '@backlot/protocol';
import type { Replay, RoundTrip } from '@backlot/synth';
import type { WorkModel } from '@backlot/workflow';
import { Option, type Command } from 'commander';
import { checkFolder } from '../files.ts';
import { command, run, type Context } from '../io/command.ts';
import { UsageError } from '../io/errors.ts';
import { blocking } from '../io/interrupt.ts';
import { count, table } from '../io/table.ts';
import { dollarsOption } from '../claude.ts';
import { planned, proposed, proposedSummary, proposedText, type Proposed } from '../propose.ts';
import { putOnTrial } from '../put-on-trial.ts';

interface Options {
  readonly out: string;
  readonly privacy: 'pseudonyms' | 'keep';
  readonly propose?: boolean;
  readonly proposeDryRun?: boolean;
  readonly budgetUsd: number;
  readonly json?: boolean;
}

/** `backlot synth LOGS` */
export function synthCommand(): Command {
  return command({
    name: 'synth',
    summary: 'learn an application from its logs and write it as a clone that any browser opens',
    examples: ['backlot synth logs --out clone', 'backlot synth logs --out clone --privacy keep'],
  })
    .argument('<logs>', 'folder of logs, see `backlot ingest --help`')
    .requiredOption('--out <dir>', 'folder of the clone; a clone that is there is replaced')
    .addOption(
      new Option('--privacy <mode>', 'keep: use the logs as they are; chosen by itself where all of them are marked synthetic')
        .choices(['pseudonyms', 'keep'])
        .default('pseudonyms'),
    )
    .option('--propose', 'ask Claude about what stayed open (needs ANTHROPIC_API_KEY); only what the logs prove is adopted')
    .option('--budget-usd <dollars>', 'most that --propose may spend', dollarsOption, 1)
    .option('--propose-dry-run', 'tell what --propose would ask and what it would cost; asks nothing and writes nothing')
    .action((logs: string, options: Options) => run({ json: options.json === true }, (context) => synth(logs, options, context)));
}

async function synth(logs: string, options: Options, context: Context): Promise<void> {
  const { out, privacy } = options;
  const { terminal, signal } = context;
  checkFolder(logs, 'the folder that holds the logs');
  const { readLogs } = await import('@backlot/logs');
  const set = await readLogs(logs, { signal, onProgress: ({ done, total }) => terminal.progress(`reading logs: ${done} of ${total}`) });
  if (set.sessions.length === 0) {
    const why = set.problems[0]?.reason ?? 'It holds no sessions.';
    throw new UsageError(`${logs}: nothing could be read. ${why} \`backlot ingest ${logs}\` tells more.`);
  }
  checkPrivacy(set, privacy);
  const { canonical, looksOf, replaySteps, roundTripPages, synthesise, writeClone } = await import('@backlot/synth');
  const { learnWork } = await import('@backlot/workflow');
  const began = performance.now();
  terminal.progress(`learning from ${count(set.sessions.length, 'session')}`);
  const learning = blocking(() => synthesise(set, looksOf(set)));
  if (options.proposeDryRun === true) return planned({ world: learning.world, sessions: set.sessions, options }, context);
  const proposals = options.propose === true ? await proposed({ world: learning.world, sessions: set.sessions, options }, context) : null;
  const {
    world: untried,
    work,
    proof,
  } = blocking(() => {
    const synthesis = { ...learning, world: proposals?.world ?? learning.world };
    const pages = roundTripPages(synthesis);
    const steps = replaySteps(synthesis.world, set.sessions);
    return { world: synthesis.world, work: learnWork(synthesis.world, set.sessions, canonical), proof: { pages, steps } };
  });
  const world = await putOnTrial(untried, set, context);
  const seconds = (performance.now() - began) / 1000;
  terminal.progress(`writing ${out}`);
  await writeClone(out, { world, assets: set.assets });
  await writeFile(join(out, 'work.json'), `${JSON.stringify(work, null, 2)}\n`);
  const learned: Learned = { out, world, work, proof, seconds, proposals };
  terminal.result(summaryOf(learned), report(learned));
}

/** Logs of real people are not used as they are unless that is asked for. */
function checkPrivacy({ sessions }: LogSet, privacy: Options['privacy']): void {
  const real = sessions.filter(({ synthetic }) => !synthetic);
  if (privacy === 'keep' || real.length === 0) return;
  throw new UsageError(
    `${real.length} of ${sessions.length} sessions are not marked synthetic (${real[0]?.id} is the first), and pseudonyms are not part of this version. ` +
      'If the logs hold test data only, add --privacy keep, or set "synthetic": true in their meta.json.',
  );
}

interface Learned {
  readonly out: string;
  readonly world: World;
  readonly work: WorkModel;
  /** The gates: recorded pages that the templates give back, recorded steps that the clone replays. */
  readonly proof: { readonly pages: RoundTrip; readonly steps: Replay };
  readonly seconds: number;
  readonly proposals: Proposed | null;
}

function byCertainty({ rules }: World): Record<Certainty, number> {
  const counts: Record<Certainty, number> = { certain: 0, ambiguous: 0, unseen: 0 };
  for (const { certainty } of rules) counts[certainty] += 1;
  return counts;
}

function reasonsOf({ exceptions }: World): readonly { readonly why: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { why } of exceptions) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, times]) => ({ why, count: times })).sort((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1));
}

function summaryOf({ out, world, work, proof, seconds, proposals }: Learned): unknown {
  return {
    clone: out,
    app: world.app,
    accounts: Object.keys(world.seeds),
    pages: world.pages.map(({ id, route, evidence }) => ({ id, route, evidence: evidence.length })),
    tables: world.tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
    registers: world.registers.map(({ name, scope }) => ({ name, scope })),
    rules: { total: world.rules.length, ...byCertainty(world) },
    exceptions: { total: world.exceptions.length, reasons: reasonsOf(world) },
    work: { workflows: work.workflows.map(({ name, count: times, share }) => ({ name, count: times, share })), coverage: work.coverage },
    proof: {
      pages: { views: proof.pages.views, exact: proof.pages.exact, seen: seenMisses(proof.pages) },
      steps: { steps: proof.steps.steps, accepted: proof.steps.accepted, exact: proof.steps.exact },
    },
    ...(proposals ? { proposals: proposedSummary(proposals) } : {}),
    seconds: Math.round(seconds * 100) / 100,
  };
}

const shownReasons = 5;

function seenMisses({ misses }: RoundTrip): number {
  return misses.filter(({ seen }) => seen).length;
}

function report({ out, world, work, proof, seconds, proposals }: Learned): string {
  const { certain, ambiguous, unseen } = byCertainty(world);
  const reasons = reasonsOf(world);
  const { steps, explained } = work.coverage;
  return [
    `Learned ${world.app} in ${seconds.toFixed(1)} s.`,
    '',
    table(
      ['what', 'how many', ''],
      [
        [
          'pages',
          world.pages.length,
          world.pages
            .map(({ route }) => route)
            .join('  ')
            .slice(0, 100),
        ],
        [
          'tables',
          world.tables.length,
          world.tables
            .map(({ name, columns }) => `${name} (${columns.map((column) => column.name).join(', ')})`)
            .join('; ')
            .slice(0, 100),
        ],
        [
          'registers',
          world.registers.length,
          world.registers
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 100),
        ],
        ['rules', world.rules.length, `${certain} certain, ${ambiguous} ambiguous, ${unseen} unseen`],
        [
          'workflows',
          work.workflows.length,
          work.workflows
            .slice(0, 4)
            .map(({ name }) => name)
            .join('; ')
            .slice(0, 100),
        ],
        ['unexplained', world.exceptions.length, reasons.length === 0 ? 'every recorded transition is explained' : ''],
      ],
    ),
    ...reasons.slice(0, shownReasons).map(({ why, count: times }) => `  ${times} × ${why}`),
    ...(reasons.length > shownReasons ? [`  and ${count(reasons.length - shownReasons, 'other reason')}`] : []),
    '',
    `Of ${count(proof.pages.views, 'recorded page')} the templates give back ${proof.pages.views - seenMisses(proof.pages)} as they could be seen.`,
    `Of ${count(steps, 'recorded step')} the clone takes ${proof.steps.accepted}, ${proof.steps.exact} with the same page after it; ${explained} belong to a workflow.`,
    ...(proposals ? proposedText(proposals) : []),
    `Written to ${out}. Next: backlot serve ${out}, or backlot tasks ${out} --out suite`,
  ].join('\n');
}
