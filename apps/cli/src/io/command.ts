import { Command } from 'commander';
import type { ExitCode } from './errors.ts';
import { interruptSignal, ownInterrupts } from './interrupt.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** What a command works with besides its arguments. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** What a command's work came to: nothing for done, else the exit code. */
export type Verdict = void | ExitCode;

/** How a command is described. */
export interface CommandSpec {
  readonly name: string;
  /** One line, shown in the list of commands. */
  readonly summary: string;
  /** Lines below the options in the command's help. */
  readonly examples: readonly string[];
  /** Ctrl-C is this command's normal end: it exits with 0. */
  readonly endsOnInterrupt?: boolean;
}

/** A command with `--json` and examples. Options and the action are added by the caller; the action goes through `run`. */
export function command({ name, summary, examples }: CommandSpec): Command {
  return new Command(name)
    .description(summary)
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .addHelpText('after', sayExamples(examples));
}

function sayExamples(examples: readonly string[]): string {
  return `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((line) => `  $ ${line}`).join('\n')}`;
}

/** A command that only holds others. It has no options: they would take those of the commands that it holds. */
export function commandGroup({
  name,
  summary,
  examples,
  commands,
}: Omit<CommandSpec, 'endsOnInterrupt'> & { readonly commands: readonly Command[] }): Command {
  const group = new Command(name).description(summary).addHelpText('after', sayExamples(examples));
  for (const each of commands) group.addCommand(each);
  return group;
}

/** Does a command's work and sets the exit code. Errors are left to the caller. */
export async function run(
  options: { readonly json?: boolean; readonly endsOnInterrupt?: boolean },
  work: (context: Context) => Promise<Verdict>,
): Promise<void> {
  if (options.endsOnInterrupt === true) ownInterrupts();
  const verdict = await work({ terminal: createTerminal({ json: options.json === true }), signal: interruptSignal() });
  if (verdict !== undefined) process.exitCode = verdict;
}
