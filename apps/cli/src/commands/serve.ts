import type { Command } from 'commander';
import { command, run } from '../io/command.ts';
import { port } from '../io/options.ts';

interface Options {
  readonly account?: string;
  readonly port: number;
  readonly host: string;
  readonly json?: boolean;
}

/** `backlot serve CLONE` */
export function serveCommand(): Command {
  return command({
    name: 'serve',
    summary: 'serve a clone until stopped; prints its address when it is ready',
    examples: ['backlot serve clone --port 4000', 'backlot serve clone --account mara'],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .option('--account <name>', 'account that episodes begin with (default: the one that the world names)')
    .option('--port <port>', 'port; 0 takes a free one', port, 0)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .action((clone: string, options: Options) => serve(clone, options));
}

async function serve(clone: string, { json, ...options }: Options): Promise<void> {
  await run({ json: json === true, endsOnInterrupt: true }, async ({ terminal, signal }) => {
    const { serveClone } = await import('@backlot/sandbox');
    const served = await serveClone(clone, options);
    terminal.result({ url: served.url }, served.url);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await served.close();
  });
}
