import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Action, Target } from '@backlot/protocol';
import type { ActResult, Clone, Episode, Supervision } from '@backlot/sandbox';
import type { Command } from 'commander';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, messageOf, UsageError } from '../io/errors.ts';
import { address } from '../io/options.ts';
import { count } from '../io/table.ts';
import { harmless } from '../io/terminal.ts';
import { supervision, thisCommand, withPolicyOptions, type PolicyOptions } from '../supervised-run.ts';

interface Options extends PolicyOptions {
  readonly clone: string;
  readonly account?: string;
  readonly actions?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `backlot guard URL` */
export function guardCommand(): Command {
  const made = command({
    name: 'guard',
    summary: 'let actions through to a real application only if policies allow what its clone foresees of them',
    examples: [
      'backlot guard http://localhost:8080 --clone clone --policy sandboxes/policies/no-irreversible.yaml --out runs/real',
      `echo 'click button "Delete"' | backlot guard http://localhost:8080 --clone clone --policy sandboxes/policies/read-only.yaml`,
    ],
  })
    .argument('<url>', 'address of the real application', address)
    .requiredOption('--clone <dir>', 'folder of its clone, which foresees what actions lead to')
    .option('--account <name>', "account that the clone begins with (default: the world's)")
    .option('--actions <file>', 'actions, one a line, as JSON or as words (default: standard input)')
    .option('--out <dir>', 'folder for the audit');
  return withPolicyOptions(made)
    .addHelpText(
      'after',
      '\nPrints a line for each action, with --json as JSON with the page after it. Exits with 1 where anything was kept back.',
    )
    .action((url: string, options: Options) => {
      if ((options.policy ?? []).length === 0) throw new UsageError('Give at least one --policy. Ready ones stand in sandboxes/policies.');
      return run({ json: options.json === true }, (context) => guard(url, options, context));
    });
}

async function guard(url: string, options: Options, { terminal, signal }: Context): Promise<Verdict> {
  const { readAction, readClone } = await import('@backlot/sandbox');
  const baseURL = url.replace(/\/+$/, '');
  const clone = await readClone(options.clone);
  const account = options.account ?? clone.world.defaultAccount;
  const supervised = await supervision(options, {
    engine: 'real',
    subject: baseURL,
    agent: options.actions ?? 'standard input',
    world: clone.hash,
    command: thisCommand(),
    out: options.out,
  });
  const said = { passed: 0, kept: 0, failed: 0 };
  try {
    const opened = await openReal({ baseURL, clone, account, supervised: supervised.supervision });
    try {
      for await (const line of linesOf(options.actions)) {
        signal.throwIfAborted();
        if (line.trim() === '') continue;
        const action = readLine(() => readAction(line));
        const result = await opened.episode.act(action);
        const isKept = result.decision !== undefined && result.decision.verb !== 'allow' && result.decision.answer !== 'yes';
        said[isKept ? 'kept' : result.refused === undefined ? 'passed' : 'failed'] += 1;
        process.stdout.write(`${options.json === true ? JSON.stringify({ action, ...result }) : harmless(sayResult(action, result))}\n`);
      }
    } finally {
      await opened.close();
    }
  } finally {
    await supervised.close();
  }
  terminal.note(`${count(said.passed, 'action')} passed, ${said.kept} kept back or spoken against, ${said.failed} could not be done.`);
  if (supervised.signedBy !== undefined) terminal.note(`Audit in ${options.out}, signed by ${supervised.signedBy}.`);
  return said.kept === 0 ? exitCodes.done : exitCodes.failed;
}

function readLine(read: () => Action): Action {
  try {
    return read();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

async function* linesOf(file: string | undefined): AsyncGenerator<string> {
  if (file === undefined) {
    yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
    return;
  }
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can't be read. Give a file with one action a line.`);
  });
  yield* text.split('\n');
}

function sayResult(action: Action, { decision, refused, observation }: ActResult): string {
  const did = refused ?? `now at ${observation.url}`;
  return `${(decision?.verb ?? 'allow').padEnd(5)}  ${action.kind} ${action.target === undefined ? '' : `${action.target.role} ${JSON.stringify(action.target.name)} `}${action.value === undefined ? '' : `${JSON.stringify(action.value)} `}– ${did}`;
}

interface Opening {
  readonly baseURL: string;
  readonly clone: Clone;
  readonly account: string;
  readonly supervised: Supervision;
}

/** Opens the real application in a browser of its own, at the clone's first address, behind the guard. */
async function openReal({ baseURL, clone, account, supervised }: Opening): Promise<{ readonly episode: Episode; close(): Promise<void> }> {
  const { PageDriver } = await import('@backlot/fidelity');
  const { findChromium, launchBrowser } = await import('@backlot/recorder');
  const { placeOf, RealEpisode, SupervisedEpisode } = await import('@backlot/sandbox');
  const { canonical } = await import('@backlot/synth');
  const browser = await launchBrowser({ executablePath: findChromium() });
  try {
    const driver = await PageDriver.open({ browser, baseURL, viewport: clone.world.viewport });
    await driver.act({ kind: 'goto', value: clone.world.start });
    const page = {
      look: async () => {
        const view = await driver.look();
        return { ...view, root: canonical(view.root, { origin: baseURL, url: view.url }) };
      },
      act: (action: Action) => driver.act(action),
      picture: () => driver.picture(),
      placeOf: (target: Target) => placeOf(driver.page, target),
      close: () => driver.close(),
    };
    const real = new RealEpisode(page, { world: clone.world, account });
    const episode = await SupervisedEpisode.begin(real, {
      options: { clone, account, task: { id: baseURL, instruction: `Actions on ${baseURL}` } },
      supervision: { ...supervised, shown: () => real.shown() },
    });
    return { episode, close: async () => (await episode.close(), browser.close()) };
  } catch (error) {
    await browser.close();
    throw new UsageError(`${baseURL} can't be opened: ${messageOf(error).split('\n')[0]}`);
  }
}
