import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { command, run, type Context } from '../io/command.ts';
import { port } from '../io/options.ts';

interface Options {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly json?: boolean;
}

const bin = fileURLToPath(new URL('../../bin/backlot.mjs', import.meta.url));

/** `backlot generate` */
export function generateCommand(): Command {
  return command({
    name: 'generate',
    summary: 'serve the generator: logs are uploaded over HTTP, clones are synthesised as jobs and downloaded; until stopped',
    examples: [
      'backlot generate --data generator --port 4100',
      'BACKLOT_TOKEN=… backlot generate --data generator --host 0.0.0.0 --port 4100',
    ],
  })
    .requiredOption('--data <dir>', 'folder of all that the service keeps')
    .option('--port <port>', 'port; 0 takes a free one', port, 0)
    .option('--host <host>', 'address to listen on; another than this machine needs a token in BACKLOT_TOKEN', '127.0.0.1')
    .action((options: Options) => run({ json: options.json === true, endsOnInterrupt: true }, (context) => generate(options, context)));
}

async function generate({ data, port: wanted, host }: Options, { terminal, signal }: Context): Promise<void> {
  const { serveGenerator } = await import('@backlot/generator');
  const service = await serveGenerator({
    dir: data,
    synthesiser: { command: [process.execPath, bin] },
    host,
    port: wanted,
    token: process.env['BACKLOT_TOKEN'] || undefined,
    now: Date.now,
  });
  terminal.result({ url: service.url, openapi: `${service.url}/openapi.json` }, service.url);
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
  await service.close();
}
