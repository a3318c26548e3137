import type { Row, Value } from '@backlot/protocol';
import { functions, toBoolean, toText } from '@backlot/world';
import type { ListOccasion, QueryColumn, QuerySpace } from './occasion.ts';

/** What hypotheses ask of a row, worked out once; each list is by column. */
export interface RowFacts {
  readonly row: Row;
  readonly texts: readonly string[];
  readonly lower: readonly string[];
  readonly items: readonly (readonly string[])[];
  readonly flags: readonly boolean[];
}

/** The rows of all occasions without repetition, and which of them each occasion has. */
export interface RowTable {
  readonly columns: readonly QueryColumn[];
  readonly facts: readonly RowFacts[];
  readonly rowsOf: readonly Int32Array[];
}

function itemsOf(value: Value | undefined): readonly string[] {
  const items = Array.isArray(value) ? (value as readonly Value[]) : [value ?? null];
  const first = (item: Value): Value => (Array.isArray(item) ? ((item as readonly Value[])[0] ?? null) : item);
  return items.map((item) => toText(first(item)).trim().toLowerCase()).filter((item) => item !== '');
}

function factsOf(row: Row, columns: readonly QueryColumn[]): RowFacts {
  const texts = columns.map(({ name, type }) => (type === 'boolean' ? String(toBoolean(row[name])) : toText(row[name]).trim()));
  return {
    row,
    texts,
    lower: texts.map((text) => text.toLowerCase()),
    items: columns.map(({ name, type }) => (type === 'list' ? itemsOf(row[name]) : [])),
    flags: columns.map(({ name, type }) => type === 'boolean' && toBoolean(row[name])),
  };
}

/** Columns that read the same in every row say nothing twice: the first stays. */
function distinctColumns(rows: readonly Row[], columns: readonly QueryColumn[]): readonly QueryColumn[] {
  const seen = new Set<string>();
  return columns.filter(({ name, type }) => {
    const key = `${type}${JSON.stringify(rows.map((row) => row[name] ?? null))}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Reads every row that differs from others once. */
export function readRows(occasions: readonly ListOccasion[], space: QuerySpace): RowTable {
  const byRow = new Map<Row, number>();
  const byContent = new Map<string, number>();
  const rows: Row[] = [];
  const numberOf = (row: Row): number => {
    const known = byRow.get(row);
    if (known !== undefined) return known;
    const content = JSON.stringify([row.id, ...space.columns.map(({ name }) => row[name] ?? null)]);
    const number = byContent.get(content) ?? rows.push(row) - 1;
    byContent.set(content, number);
    byRow.set(row, number);
    return number;
  };
  const rowsOf = occasions.map((occasion) => Int32Array.from(occasion.rows, numberOf));
  const columns = distinctColumns(rows, space.columns);
  return { columns, facts: rows.map((row) => factsOf(row, columns)), rowsOf };
}

/** The key of each row by which a column is ordered, reading each text once. */
export function sortKeys(values: readonly Value[]): readonly Value[] {
  const known = new Map<string, Value>();
  return values.map((value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return functions['sortKey']?.(value) ?? null;
    const text = toText(value);
    const key = known.get(text) ?? functions['sortKey']?.(text) ?? null;
    known.set(text, key);
    return key;
  });
}

/** Most different texts of a column of labels, and most words in one. */
const mostTexts = 8;
const mostWords = 3;

/** Words that are part of several texts, or of one of several words, in a column that holds few labels. */
export function labelsIn(facts: readonly RowFacts[], column: number): readonly string[] {
  const texts = new Set(facts.map(({ texts: all }) => all[column] as string).filter((text) => text !== ''));
  const split = [...texts].map((text) => text.split(/\s+/));
  if (texts.size > mostTexts || split.some((words) => words.length > mostWords) || !split.some((words) => words.length > 1)) return [];
  return [...new Set(split.flat())].filter((word) => /^\p{L}{2,}$/u.test(word)).sort();
}
