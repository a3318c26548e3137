import type { Row, Value } from '@backlot/protocol';
import type { SessionViews } from '../views.ts';
import { sightingsIn, viewsInOrder } from './sightings.ts';
import type { TableModel } from './tables.ts';
import { typedUpTo } from './typed.ts';

/** Different words that a text must have to be told from others by them. */
const fewestWords = 8;
/** Share of a text's words that what says it has. */
const covered = 0.85;

const wordsIn = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));

function says(value: Value, words: ReadonlySet<string>): boolean {
  if (typeof value !== 'string') return false;
  const own = wordsIn(value);
  let count = 0;
  for (const word of words) if (own.has(word)) count++;
  return count >= covered * words.size;
}

/** Columns by record. */
export type CellNames = ReadonlyMap<string, ReadonlySet<string>>;

const none: readonly string[] = [];

/**
 * Cells of records that first came into sight once the record said what the user had written: nothing is known of what they held before,
 * if they held anything.
 */
export function madeCells(table: TableModel, session: SessionViews): CellNames {
  const typed = typedUpTo(session, new Set());
  const written = new Map<string, ReadonlySet<string>>();
  const seen = new Set<string>();
  const rewritten = new Set<string>();
  const made = new Map<string, Set<string>>();
  for (const view of viewsInOrder(session)) {
    const texts = typed(view).flatMap((text): ReadonlySet<string>[] => {
      const words = written.get(text) ?? wordsIn(text);
      written.set(text, words);
      return words.size >= fewestWords ? [words] : [];
    });
    for (const { id, cells } of sightingsIn(table, view)) {
      const names = Object.entries(cells).filter(([name]) => !seen.has(`${id} ${name}`));
      if (names.some(([, value]) => texts.some((words) => says(value, words)))) rewritten.add(id);
      for (const [name] of names) {
        seen.add(`${id} ${name}`);
        if (rewritten.has(id) && name !== table.key) made.set(id, (made.get(id) ?? new Set()).add(name));
      }
    }
  }
  return made;
}

/** Records with their made cells blank, where nothing is known of them yet. */
export function withBlanks(rows: readonly Row[], made: CellNames): readonly Row[] {
  if (made.size === 0) return rows;
  return rows.map((row) => {
    const names = [...(made.get(row.id) ?? none)].filter((name) => row[name] === undefined || row[name] === null);
    return names.length === 0 ? row : ({ ...row, ...Object.fromEntries(names.map((name) => [name, ''])) } as Row);
  });
}
