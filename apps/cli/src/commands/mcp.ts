import type { Command } from 'commander';
import { serviceOf, withServiceOptions, type ServiceOptions } from '../episode-service.ts';
import { command, run } from '../io/command.ts';
import { wholeNumber } from '../io/options.ts';

interface Options extends ServiceOptions {
  readonly task?: string;
  readonly index?: number;
  readonly seed?: number;
}

/** `backlot mcp` */
export function mcpCommand(): Command {
  const made = command({
    name: 'mcp',
    summary: 'serve one episode as an MCP server over stdin and stdout, with the browser tools that agents know',
    examples: ['backlot mcp --suite suite.json --index 3 --out runs/mcp', 'backlot mcp --clone clone --seed 7'],
  })
    .option('--task <id>', 'the task (default: the first of the suite)')
    .option('--index <n>', 'place of the task in the suite, from 0', wholeNumber(0))
    .option('--seed <seed>', 'draws the task', wholeNumber(0))
    .addHelpText('after', '\nThe agent sees the page and acts; it can neither begin anew nor see its score, which --out keeps.');
  return withServiceOptions(made).action((options: Options) => serve(options));
}

async function serve({ task, index, seed, ...options }: Options): Promise<void> {
  await run({ json: true, endsOnInterrupt: true }, async ({ signal }) => {
    const { serveStdio } = await import('@backlot/runner');
    const choice = {
      ...(task === undefined ? {} : { task }),
      ...(index === undefined ? {} : { index }),
      ...(seed === undefined ? {} : { seed }),
    };
    const { runner, audit } = await serviceOf(options, 1);
    try {
      await serveStdio(runner, choice, { input: process.stdin, output: process.stdout, signal });
    } finally {
      await audit?.close();
    }
  });
}
