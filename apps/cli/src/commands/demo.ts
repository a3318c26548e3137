import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { command, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';

interface Options {
  readonly implementation?: string;
  readonly out: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

const repository = new URL('../../../../', import.meta.url);

/** The script of the example that goes the whole path, which the repository's own `package.json` names; null outside of it. */
async function demoScript(): Promise<string | null> {
  const text = await readFile(new URL('package.json', repository), 'utf8').catch(() => '{}');
  const { config } = JSON.parse(text) as { readonly config?: { readonly demo?: string } };
  const script = config?.demo === undefined ? null : fileURLToPath(new URL(config.demo, repository));
  return script !== null && existsSync(script) ? script : null;
}

/** `backlot demo` */
export function demoCommand(): Command {
  return command({
    name: 'demo',
    summary: 'the whole path on a real to-do application: record, learn, sample tasks, run agents, check in the real one',
    examples: ['backlot demo', 'backlot demo --implementation vue --fresh'],
  })
    .option('--implementation <name>', 'which implementation of the application, where the example knows several')
    .option('--out <dir>', 'folder for logs, clone, suite, runs and the report', 'out/demo')
    .option('--fresh', 'record anew, also where complete recordings are there')
    .action((options: Options) => run({ json: options.json === true }, (context) => demo(options, context)));
}

async function demo({ implementation, out, fresh, json }: Options, { signal }: Context): Promise<Verdict> {
  const script = await demoScript();
  if (script === null) {
    throw new UsageError(
      'The demo needs an example that is part of the repository and not of the package. Clone the repository and run `npm run demo`.',
    );
  }
  const chosen = implementation === undefined ? [] : ['--implementation', implementation];
  const args = ['--conditions=@backlot/source', script, ...chosen, '--out', out];
  const child = spawn(process.execPath, [...args, ...(fresh ? ['--fresh'] : []), ...(json ? ['--json'] : [])], { stdio: 'inherit' });
  // A terminal interrupts the child as well; a signal to this process alone has to be passed on.
  signal.addEventListener('abort', () => process.stdin.isTTY || child.kill('SIGINT'), { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === exitCodes.done || code === exitCodes.badUse || code === exitCodes.interrupted) return code;
  return exitCodes.failed;
}
