import type { Command } from 'commander';
import { serviceOf, withServiceOptions, type ServiceOptions } from '../episode-service.ts';
import { command, run } from '../io/command.ts';
import { port, wholeNumber } from '../io/options.ts';

interface Options extends ServiceOptions {
  readonly port: number;
  readonly host: string;
  readonly maxEpisodes: number;
  readonly drain: number;
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
    .option('--drain <seconds>', 'how long open episodes may go on once it is stopped', wholeNumber(0), 0)
    .addHelpText(
      'after',
      '\nEndpoints are described at /docs. Set BACKLOT_TOKEN to ask clients for it as "Authorization: Bearer"; an agent is given the ticket of its episode instead, which opens /mcp alone.',
    );
  return withServiceOptions(made).action((options: Options) => serve(options));
}

async function serve(options: Options): Promise<void> {
  await run({ json: options.json === true, endsOnInterrupt: true }, async ({ terminal, signal }) => {
    const { startRunner } = await import('@backlot/runner');
    const token = process.env['BACKLOT_TOKEN'];
    const { host, port: wanted, drain, maxEpisodes } = options;
    const { runner: service, audit } = await serviceOf(options, maxEpisodes);
    try {
      const runner = await startRunner(service, { host, port: wanted, ...(token === undefined || token === '' ? {} : { token }) });
      if (audit !== null) terminal.note(`The audit is signed by ${audit.signedBy}.`);
      terminal.result({ url: runner.url }, runner.url);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await runner.drain(drain * 1000);
    } finally {
      await audit?.close();
    }
  });
}
