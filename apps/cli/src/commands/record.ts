import type { Command } from 'commander';
import { command, run } from '../io/command.ts';
import { messageOf, UsageError } from '../io/errors.ts';
import { address, size } from '../io/options.ts';
import { count } from '../io/table.ts';

interface Options {
  readonly out: string;
  readonly session?: string;
  readonly account?: string;
  readonly app?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly headless?: boolean;
  readonly synthetic?: boolean;
  readonly json?: boolean;
}

/** `backlot record URL` */
export function recordCommand(): Command {
  return command({
    name: 'record',
    summary: 'record a session: opens a browser, and writes a log when its window is closed or Ctrl-C is pressed',
    examples: [
      'backlot record http://localhost:8080 --out logs',
      'backlot record http://localhost:8080/app --out logs --account mara --synthetic',
    ],
  })
    .argument('<url>', 'address at which the session begins', address)
    .requiredOption('--out <dir>', 'folder of logs; made if it is not there')
    .option('--session <name>', 'name of the files (default: the moment at which recording began)')
    .option('--account <name>', 'who uses the application')
    .option('--app <name>', 'name of the application (default: its host)')
    .option('--viewport <size>', 'size of the page in pixels (default: 1280x800)', size)
    .option('--headless', 'open no window; something else must drive the page, and Ctrl-C ends the recording')
    .option('--synthetic', 'the data are made up: nothing in the log is private')
    .action((url: string, options: Options) => record(url, options));
}

async function record(url: string, { json, headless = false, ...options }: Options): Promise<void> {
  await run({ json: json === true, endsOnInterrupt: true }, async ({ terminal, signal }) => {
    const { recordUntilClosed } = await import('@backlot/recorder');
    terminal.note(`Recording ${url}. ${headless ? 'Press Ctrl-C' : 'Close the window or press Ctrl-C'} to end.`);
    const log = await recordUntilClosed(url, { ...options, headless, signal }).catch((error: unknown) => {
      throw error instanceof Error && /net::/.test(error.message) ? new UsageError(`${url} can't be opened: ${messageOf(error)}`) : error;
    });
    const files = [log.rrweb, ...(log.har === null ? [] : [log.har]), log.meta];
    terminal.result(log, `${log.session}: ${count(log.events, 'event')}\n${files.map((file) => `  ${file}`).join('\n')}`);
  });
}
