import { styleText } from 'node:util';

/** Where a command speaks: results on stdout, everything else on stderr. */
export interface Terminal {
  /** A line about progress. On a terminal the next one takes its place; elsewhere at most one a second is printed. */
  progress(line: string): void;
  /** A line that stays, on stderr. */
  note(line: string): void;
  /** The command's result: as JSON where that was asked for, else as text. */
  result(json: unknown, text: string): void;
}

const leastBetween = 1000;

/**
 * A text that can't command the terminal: control signs and those that turn the direction of writing are shown by their code. Names of
 * files, logs and pages come from strangers.
 */
export function harmless(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The terminal of this process. */
export function createTerminal({ json }: { readonly json: boolean }): Terminal {
  const live = process.stderr.isTTY === true;
  let shown = false;
  let last = Number.NEGATIVE_INFINITY;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001B[2K');
    shown = false;
  };
  return {
    progress(line) {
      if (live) {
        const width = (process.stderr.columns ?? 80) - 1;
        process.stderr.write(`\r\u001B[2K${styleText('dim', harmless(line).slice(0, width))}`);
        shown = true;
      } else if (Date.now() - last >= leastBetween) {
        process.stderr.write(`${harmless(line)}\n`);
        last = Date.now();
      }
    },
    note(line) {
      clear();
      process.stderr.write(`${harmless(line)}\n`);
    },
    result(value, text) {
      clear();
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${harmless(text)}\n`);
    },
  };
}
