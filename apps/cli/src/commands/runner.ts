import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { ListenOptions, Runner } from '@backlot/runner';
import type { Command } from 'commander';
import { serviceOf, withServiceOptions, type ServiceOptions } from '../episode-service.ts';
import { command, run } from '../io/command.ts';
import { UsageError } from '../io/errors.ts';
import { port, wholeNumber } from '../io/options.ts';
import type { OpenAudit } from '../supervised-run.ts';

interface Options extends ServiceOptions {
  readonly port: number;
  readonly host: string;
  readonly maxEpisodes: number;
  readonly drain: number;
  readonly threads?: number;
  readonly json?: boolean;
}

/** `backlot runner` */
export function runnerCommand(): Command {
  const made = command({
    name: 'runner',
    summary: 'give episodes to agents over HTTP, WebSocket (OpenEnv) and MCP until stopped; prints its address when it is ready',
    examples: [
      'backlot runner --suite suite.json --port 8000 --out runs/served',
      'backlot runner --clone clone --reward dense --max-episodes 10000',
      'BACKLOT_TOKEN=… backlot runner --suite suite.json --host 0.0.0.0 --port 8000',
    ],
  })
    .option('--port <port>', 'port; 0 takes a free one', port, 0)
    .option('--host <host>', 'address to listen on; any but this machine needs a token in BACKLOT_TOKEN', '127.0.0.1')
    .option('--max-episodes <n>', 'how many episodes may be open', wholeNumber(1), 1000)
    .option(
      '--threads <n>',
      'threads that keep episodes (default: one for each processor; one for other engines than text, and where an audit is written)',
      wholeNumber(1),
    )
    .option('--drain <seconds>', 'how long open episodes may go on once it is stopped', wholeNumber(0), 0)
    .addHelpText(
      'after',
      '\nEndpoints are described at /docs. Set BACKLOT_TOKEN to ask clients for it as "Authorization: Bearer"; an agent is given the ticket of its episode instead, which opens /mcp alone.',
    );
  return withServiceOptions(made).action((options: Options) => serve(options));
}

async function serve(options: Options): Promise<void> {
  await run({ json: options.json === true, endsOnInterrupt: true }, async ({ terminal, signal }) => {
    const threads = threadsFor(options);
    const { runner, audit } = threads === 1 ? await startHere(options) : { runner: await startThreads(options, threads), audit: null };
    try {
      if (audit !== null) terminal.note(`The audit is signed by ${audit.signedBy}.`);
      terminal.result({ url: runner.url }, runner.url);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await runner.drain(options.drain * 1000);
    } finally {
      await audit?.close();
    }
  });
}

/** How many threads keep the episodes. An audit is one chain of records, and a browser is shared best by one. */
function threadsFor({ threads, engine, policy = [], offerPolicy = [], out }: Options): number {
  const isAudited = out !== undefined && policy.length + offerPolicy.length > 0;
  if (isAudited && threads !== undefined && threads > 1)
    throw new UsageError('An audit is one chain of records, kept by one thread: leave --threads out, or give 1.');
  return threads ?? (engine === 'text' && !isAudited ? availableParallelism() : 1);
}

/** Where the service listens, and what it asks clients for. */
function placeOf({ host, port: wanted }: Options): ListenOptions {
  const token = process.env['BACKLOT_TOKEN'];
  return { host, port: wanted, ...(token === undefined || token === '' ? {} : { token }) };
}

async function startHere(options: Options): Promise<{ readonly runner: Runner; readonly audit: OpenAudit | null }> {
  const { startRunner } = await import('@backlot/runner');
  const { runner: service, audit } = await serviceOf(options, options.maxEpisodes);
  try {
    return { runner: await startRunner(service, placeOf(options)), audit };
  } catch (error) {
    await audit?.close();
    throw error;
  }
}

async function startThreads(options: Options, threads: number): Promise<Runner> {
  const { startThreadedRunner } = await import('@backlot/runner');
  const module = new URL(`../runner-thread${extname(import.meta.url)}`, import.meta.url);
  return startThreadedRunner({ module, data: options, threads }, placeOf(options));
}
