import { CommanderError, type Command } from 'commander';
import { exitCodes, messageOf } from './io/errors.ts';
import { harmless } from './io/terminal.ts';
import { wasInterrupted, watchInterrupts } from './io/interrupt.ts';

/** Runs the program and sets the exit code: 0 done, 1 a threshold or gate failed, 2 bad use or input, 130 interrupted. */
export async function runProgram(program: Command, args: readonly string[]): Promise<void> {
  watchInterrupts();
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : exitCodes.badUse));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = codeOf(error);
  }
  if (wasInterrupted()) process.exitCode = exitCodes.interrupted;
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badUse;
  if (wasInterrupted()) {
    process.stderr.write('Stopped.\n');
    return exitCodes.interrupted;
  }
  process.stderr.write(`backlot: ${harmless(messageOf(error))}\n`);
  if (process.env['BACKLOT_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodes.badUse;
}
