import { createReadStream, createWriteStream, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from './errors.ts';
import { harmless } from './terminal.ts';

/** A person who can be asked. */
export interface Person {
  readonly input: Readable;
  readonly output: Writable;
}

/** Who sits at the terminal of this process; standard input and output are left to what else they are for. @throws UsageError where there is none */
export function atTerminal(): Person {
  try {
    const [reading, writing] = [openSync('/dev/tty', 'r'), openSync('/dev/tty', 'w')];
    return { input: createReadStream('', { fd: reading }), output: createWriteStream('', { fd: writing }) };
  } catch {
    throw new UsageError('Nobody sits at a terminal here: give --answer yes or no, or none.');
  }
}

/** Asks one question after the other. Only `y` and `yes` are a yes; a person who has left says no. */
export function asker({ input, output }: Person): { ask(question: string): Promise<boolean>; close(): void } {
  const lines = createInterface({ input });
  const answers = lines[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(question) {
      const mine = last.then(async () => {
        output.write(`${harmless(question)} [y/N] `);
        const { value = '' } = await answers.next();
        return /^\s*y(?:es)?\s*$/i.test(value);
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    close: () => (lines.close(), input.destroy(), void output.end()),
  };
}
