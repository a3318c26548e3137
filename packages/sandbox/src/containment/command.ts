import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A command that runs the rest of its arguments in some confinement; or why there is none here. */
export type Confinement = { readonly command: readonly string[] } | { readonly why: string };

const run = promisify(execFile);

/** The first of several commands that runs `true`, or why the last did not. */
export async function firstThatRuns(commands: readonly (readonly string[])[]): Promise<Confinement> {
  let why = 'no way is known on this system';
  for (const command of commands) {
    const [file = 'true', ...args] = [...command, 'true'];
    try {
      await run(file, args, { timeout: 10_000 });
      return { command };
    } catch (error) {
      why = `\`${command.join(' ')}\` fails: ${lastLine(error)}`;
    }
  }
  return { why };
}

function lastLine(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  return (stderr.trim() || message).split('\n').at(-1) ?? '';
}

/** A word of a shell command that is taken literally. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
