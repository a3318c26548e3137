import type { Problem } from '@backlot/protocol';
import { JsonArrayScanner } from './json-arrays.ts';
import type { ScanEnd } from './json-arrays.ts';
import { readPieces } from './read-pieces.ts';
import type { ReadEnd, ReadLimits } from './read-pieces.ts';

/** What to read and whom to tell. */
export interface ElementsRequest {
  readonly path: string;
  /** The name that problems give. */
  readonly file: string;
  /** What an element is called in problems: `event`, `entry`. */
  readonly noun: string;
  readonly limits: ReadLimits;
  /** Takes the first piece of the text, before any element. */
  readonly head?: (text: string) => void;
  /** Takes one element. */
  readonly take: (value: unknown, index: number) => void;
  readonly problem: (problem: Problem) => void;
}

/** Reads the elements of a JSON file's arrays one by one; a damaged file gives those before the damage, and a problem. */
export async function readElements({ path, file, noun, limits, head, take, problem }: ElementsRequest): Promise<void> {
  let broken = 0;
  let firstBroken: Problem | undefined;
  const scanner = new JsonArrayScanner({
    element(json, index) {
      const value = parse(json);
      if (value !== undefined) return take(value, index);
      broken += 1;
      firstBroken ??= { file, event: index, severity: 'error', reason: `This ${noun} is not JSON, or too long, and is left out.` };
    },
  });
  let isFirst = true;
  const read = await readPieces(path, limits, (piece) => {
    if (isFirst) head?.(piece.toString());
    isFirst = false;
    scanner.push(piece);
  });
  if (firstBroken !== undefined)
    problem(broken === 1 ? firstBroken : { ...firstBroken, reason: `${firstBroken.reason} So are ${broken - 1} others.` });
  const reason = whatIsWrong(read, scanner.end(), noun);
  if (reason !== undefined) problem({ file, severity: 'error', reason });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function whatIsWrong(read: ReadEnd, end: ScanEnd, noun: string): string | undefined {
  if (read.bytes === 0 && read.cut === undefined) return 'The file is empty.';
  if (end.notJson !== undefined) return `The file is not JSON: ${end.notJson}. A JSON array of ${noun}s was expected, plain or gzip.`;
  const kept = end.elements === 0 ? `No ${noun} could be read.` : `The ${end.elements} whole ${noun}s before are used.`;
  if (read.cut !== undefined) return `Reading stopped: ${read.cut}. ${kept}`;
  if (!end.complete)
    return `The file ends ${end.cut ? `in the middle of ${noun} ${end.elements}` : 'before its JSON is closed'}: it is cut short. ${kept}`;
  return end.found ? undefined : `The file holds no JSON array of ${noun}s.`;
}
