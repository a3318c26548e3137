import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { episodeRecordSchema, type EpisodeRecord, type Suite, type Task } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import type { Exported, ExportFile, Imported, Trajectory } from '@backlot/suites';
import { Option, type Command } from 'commander';
import { cloneOfSuite, suiteFileOf } from '../files.ts';
import { command, commandGroup, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, messageOf, UsageError } from '../io/errors.ts';
import { count, table } from '../io/table.ts';

interface Json {
  readonly json?: boolean;
}

interface CloneOption extends Json {
  readonly clone?: string;
}

const suiteFormats = ['webarena', 'real', 'inspect', 'harbor', 'browsergym', 'puppeteer', 'huggingface'];
const trajectoryFormats = ['atif', 'adp', 'messages', 'sharegpt', 'transitions', 'preferences', 'world-model'];

/** `backlot suite` */
export function suiteCommand(): Command {
  return commandGroup({
    name: 'suite',
    summary: 'prove a suite anew, compare two, carry suites and episodes over to other harnesses, and tasks over from them',
    examples: ['backlot suite check suite', 'backlot suite export suite --format webarena --out webarena'],
    commands: [checkCommand(), diffCommand(), exportCommand(), importCommand(), judgeCommand()],
  });
}

function checkCommand(): Command {
  return command({ name: 'check', summary: 'prove every task of a suite anew in its clone', examples: ['backlot suite check suite'] })
    .argument('<suite>', 'what `backlot tasks` wrote')
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .addHelpText('after', '\nExits with 1 where a task no longer stands.')
    .action((file: string, options: CloneOption) => run(options, (context) => check(file, options, context)));
}

async function check(path: string, options: CloneOption, { terminal, signal }: Context): Promise<Verdict> {
  const { checkSuite } = await import('@backlot/suites');
  const { suite, clone } = await open(path, options);
  const fallen = await checkSuite(suite, clone, (done) => {
    signal.throwIfAborted();
    terminal.progress(`${done} of ${suite.tasks.length} tasks`);
  });
  const rows = fallen.map(({ task, control, why }) => [task, control, why]);
  const text = [
    ...(rows.length === 0 ? [] : [table(['task', 'falls by', 'why'], rows), '']),
    `${suite.tasks.length - fallen.length} of ${count(suite.tasks.length, 'task')} stand.`,
  ];
  terminal.result({ tasks: suite.tasks.length, fallen }, text.join('\n'));
  return fallen.length === 0 ? exitCodes.done : exitCodes.failed;
}

function diffCommand(): Command {
  return command({ name: 'diff', summary: 'say how two suites differ', examples: ['backlot suite diff old.json new.json'] })
    .argument('<before>', 'a suite')
    .argument('<after>', 'another')
    .addHelpText('after', '\nExits with 1 where they differ.')
    .action((before: string, after: string, options: Json) => run(options, (context) => diff(before, after, context)));
}

async function diff(before: string, after: string, { terminal }: Context): Promise<Verdict> {
  const { diffSuites, readSuite } = await import('@backlot/suites');
  const found = diffSuites(await readSuite(suiteFileOf(before)), await readSuite(suiteFileOf(after)));
  const { sameWorld, added, removed, changed } = found;
  const lines = [
    sameWorld ? 'Both are for the same world.' : 'They are for different worlds.',
    ...added.map((task) => `+ ${task}`),
    ...removed.map((task) => `- ${task}`),
    ...changed.map(({ task, fields }) => `~ ${task}: ${fields.join(', ')}`),
  ];
  terminal.result(found, lines.join('\n'));
  return sameWorld && added.length + removed.length + changed.length === 0 ? exitCodes.done : exitCodes.failed;
}

interface ExportOptions extends CloneOption {
  readonly format: string;
  readonly out: string;
  readonly episodes?: string;
}

function exportCommand(): Command {
  return command({
    name: 'export',
    summary: 'write a suite, or episodes of it, as another harness reads it',
    examples: [
      'backlot suite export suite --format harbor --out harbor',
      'backlot suite export suite --format atif --episodes run/episodes.jsonl --out atif',
    ],
  })
    .argument('<suite>', 'what `backlot tasks` wrote')
    .addOption(new Option('--format <format>', 'what to write').choices([...suiteFormats, ...trajectoryFormats]).makeOptionMandatory())
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .option('--episodes <file>', 'episodes.jsonl of `backlot run --out`, for trajectories')
    .action((file: string, options: ExportOptions) => run(options, (context) => exportTo(file, options, context)));
}

async function exportTo(path: string, options: ExportOptions, { terminal }: Context): Promise<void> {
  const { format, out, episodes } = options;
  const { suiteExports, trajectoryExports } = await import('@backlot/suites');
  const { suite, clone } = await open(path, options);
  const { act, observe, reset } = await import('@backlot/world');
  const startOf: Exported['startOf'] = (task) =>
    task.setup.reduce((state, action) => act(clone.world, state, action).state, reset(clone.world, task.account));
  const asSuite = suiteExports[format];
  const asTrajectories = trajectoryExports[format];
  if (asTrajectories && episodes === undefined) throw new UsageError(`${format} is a format of episodes: name them with --episodes.`);
  const trajectories = episodes === undefined ? [] : await readEpisodes(episodes, suite, (task) => observe(clone.world, startOf(task)));
  const files = asSuite?.({ suite, world: clone.world, startOf }) ?? asTrajectories?.(trajectories) ?? [];
  await writeFiles(out, files);
  terminal.result({ out, format, files: files.map((each) => each.path) }, `${count(files.length, 'file')} written to ${out}.`);
}

async function readEpisodes(file: string, suite: Suite, first: (task: Task) => Trajectory['first']): Promise<readonly Trajectory[]> {
  const tasks = new Map(suite.tasks.map((task) => [task.id, task]));
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.flatMap((line, i): readonly Trajectory[] => {
    const episode = parseEpisode(line, `${file}:${i + 1}`);
    const task = tasks.get(episode.task);
    if (!task) throw new UsageError(`${file}:${i + 1}: the suite has no task ${episode.task}. Name the suite that was run.`);
    return [{ task, episode, first: first(task) }];
  });
}

function parseEpisode(line: string, where: string): EpisodeRecord {
  try {
    return episodeRecordSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new UsageError(`${where}: this is no episode (${messageOf(error).slice(0, 200)}). Name what \`backlot run --out\` wrote.`);
  }
}

async function writeFiles(out: string, files: readonly ExportFile[]): Promise<void> {
  for (const { path, text, executable } of files) {
    const file = join(out, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: executable === true ? 0o755 : 0o644 });
  }
}

interface ImportOptions extends Json {
  readonly clone: string;
  readonly out: string;
}

function importCommand(): Command {
  return command({
    name: 'import',
    summary: 'make a suite of WebArena tasks or recorded flows; only tasks that stand all controls enter',
    examples: [
      'backlot suite import flow1.json flow2.json --clone clone --out suite',
      'backlot suite import test.raw.json --clone clone --out suite',
    ],
  })
    .argument('<files...>', 'WebArena tasks, or flows of Chrome DevTools (@puppeteer/replay)')
    .requiredOption('--clone <dir>', 'folder of the clone')
    .requiredOption('--out <suite>', 'file of the suite; in a folder that is there, its suite.json')
    .addHelpText('after', '\nExits with 1 where a task does not enter.')
    .action((files: readonly string[], options: ImportOptions) => run(options, (context) => importFiles(files, options, context)));
}

interface Candidate {
  readonly from: string;
  readonly task: Task | null;
  /** Why there is no task. */
  readonly why: string;
}

async function importFiles(files: readonly string[], { clone: dir, out }: ImportOptions, { terminal }: Context): Promise<Verdict> {
  const { readClone } = await import('@backlot/sandbox');
  const { admit, writeSuite } = await import('@backlot/suites');
  const clone = await readClone(dir);
  const candidates = await readCandidates(files, clone);
  const tasks: Task[] = [];
  const left: (readonly [string, string])[] = [];
  for (const { from, task, why } of candidates) {
    const admission = task && (await admit(task, clone));
    if (task && admission?.admitted) tasks.push(task);
    else left.push([from, admission && !admission.admitted ? `${admission.control}: ${admission.why}` : why]);
  }
  const file = suiteFileOf(out);
  const made = {
    v: 1 as const,
    name: `${clone.world.app}-imported`,
    clone: relative(dirname(file), dir) || '.',
    worldHash: clone.hash,
    seed: 0,
  };
  await writeSuite(file, { ...made, tasks, sampled: candidates.length, rejected: left.length === 0 ? {} : { import: left.length } });
  const said = [
    ...(left.length === 0 ? [] : [table(['left out', 'why'], left), '']),
    `${count(tasks.length, 'task')} of ${candidates.length} written to ${file}.`,
  ];
  terminal.result({ file, tasks: tasks.map(({ id }) => id), left }, said.join('\n'));
  return left.length === 0 ? exitCodes.done : exitCodes.failed;
}

async function readCandidates(files: readonly string[], { world }: Clone): Promise<readonly Candidate[]> {
  const { importFlow, readFlow, readWebArena } = await import('@backlot/suites');
  const candidates: Candidate[] = [];
  for (const file of files) {
    const value = await readJson(file);
    const name = basename(file, '.json');
    if (Array.isArray(value)) candidates.push(...readWebArena(value).map((each) => webArenaCandidate(each, name)));
    else {
      const task = importFlow(world, readFlow(value), name);
      candidates.push({ from: name, task, why: 'The clone does not take these actions, or they change nothing.' });
    }
  }
  return candidates;
}

function webArenaCandidate(each: Imported, name: string): Candidate {
  return 'task' in each
    ? { from: `${name} ${each.task.id}`, task: each.task, why: '' }
    : { from: `${name} ${each.id}`, task: null, why: each.why };
}

interface JudgeOptions extends CloneOption {
  readonly task: string;
  readonly actions: string;
}

function judgeCommand(): Command {
  return command({
    name: 'judge',
    summary: 'play actions on a task and print the reward',
    examples: ['backlot suite judge suite --task 7-1 --actions actions.jsonl'],
  })
    .argument('<suite>', 'what `backlot tasks` wrote')
    .requiredOption('--task <id>', 'the task')
    .requiredOption('--actions <file>', 'one action as JSON a line; the last may be {"answer": "…"} or {"gaveUp": true}')
    .option('--clone <dir>', 'folder of the clone (default: the one that the suite names)')
    .action((file: string, options: JudgeOptions) => run(options, (context) => judge(file, options, context)));
}

async function judge(path: string, options: JudgeOptions, { terminal }: Context): Promise<void> {
  const { actionSchema, lastLineSchema } = await import('@backlot/protocol');
  const { replayAgent, runEpisode } = await import('@backlot/agents');
  const { createTextEngine } = await import('@backlot/sandbox');
  const { suite, clone } = await open(path, options);
  const task = suite.tasks.find(({ id }) => id === options.task);
  if (!task) throw new UsageError(`${path}: the suite has no task ${options.task}.`);
  const lines = (await readFile(options.actions, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const values = lines.map((line, i) => parseLine(line, `${options.actions}:${i + 1}`));
  const last = lastLineSchema.safeParse(values.at(-1)).data;
  const actions = (last ? values.slice(0, -1) : values).map((value, i) => {
    const parsed = actionSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new UsageError(
      `${options.actions}:${i + 1}: this is no action: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}.`,
    );
  });
  const end = last === undefined ? 'done' : 'answer' in last ? last : 'gave_up';
  const { reward, feedback, ending } = await runEpisode({ engine: createTextEngine(), clone, task, agent: replayAgent(actions, end) });
  terminal.result({ reward, feedback, ending }, String(reward ?? 0));
}

function parseLine(line: string, where: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw new UsageError(`${where}: this is no JSON: ${messageOf(error)}`);
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new UsageError(`${file} can't be read as JSON: ${messageOf(error)}`);
  }
}

async function open(path: string, { clone: dir }: CloneOption): Promise<{ suite: Suite; clone: Clone }> {
  const { readClone } = await import('@backlot/sandbox');
  const { readSuite } = await import('@backlot/suites');
  const file = suiteFileOf(path);
  const named = await readSuite(file);
  const clone = await readClone(dir ?? cloneOfSuite(file, named.clone));
  return { suite: await readSuite(file, clone.hash), clone };
}
