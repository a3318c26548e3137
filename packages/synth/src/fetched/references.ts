import type { Value } from '@backlot/protocol';
import type { View } from '../views.ts';
import type { SentRecord } from './records.ts';

/** What scripts hold of a collection when a view shows the page; undefined before they were sent any of it. */
export type FetchedAt = (view: View) => readonly SentRecord[] | undefined;

/** Records of one kind and the field that names them. */
export interface Fetched {
  readonly key: string;
  readonly at: FetchedAt;
}

/** Share of a field's values that must name records of another kind, and how many different ones. */
const nearly = 0.9;
const fewest = 2;
/** Longer texts are not what records are called. */
const longest = 80;

interface Reference {
  readonly field: string;
  readonly to: Fetched;
}

const isCalled = (value: Value): boolean => typeof value === 'string' && value !== '' && value.length <= longest && !value.includes('\n');

/** Records by their names, read once for each list of them. */
function reader({ key }: Fetched): (records: readonly SentRecord[]) => ReadonlyMap<Value, SentRecord> {
  const known = new WeakMap<readonly SentRecord[], ReadonlyMap<Value, SentRecord>>();
  return (records) => {
    const found = known.get(records) ?? new Map(records.map((record) => [record.get(key) ?? '', record]));
    known.set(records, found);
    return found;
  };
}

/** How often a field's values name records of another kind. */
interface Tally {
  all: number;
  readonly named: Set<Value>;
  right: number;
}

function fieldsNaming(from: Fetched, to: Fetched, views: readonly View[]): readonly string[] {
  const byName = reader(to);
  const tallies = new Map<string, Tally>();
  const seen = new Set<readonly SentRecord[]>();
  for (const view of views) {
    const [records, others] = [from.at(view), to.at(view)];
    if (!records || !others || seen.has(records)) continue;
    seen.add(records);
    for (const record of records) {
      for (const [field, value] of record) {
        if (field === from.key || typeof value !== 'string' || value === '') continue;
        const tally = tallies.get(field) ?? { all: 0, named: new Set(), right: 0 };
        tallies.set(field, tally);
        tally.all++;
        if (!byName(others).has(value)) continue;
        tally.right++;
        tally.named.add(value);
      }
    }
  }
  return [...tallies].filter(([, { all, right, named }]) => right >= nearly * all && named.size >= fewest).map(([field]) => field);
}

/** A record with what the records are called that it refers to: "owner" names a person whose "name" is then "owner>name". */
function extended(record: SentRecord, references: readonly (readonly [Reference, ReadonlyMap<Value, SentRecord>])[]): SentRecord {
  const more = references.flatMap(([{ field, to }, byName]) => {
    const other = byName.get(record.get(field) ?? '');
    return [...(other ?? [])].flatMap(([name, value]) =>
      name !== to.key && isCalled(value) ? [[`${field}>${name}`, value] as const] : [],
    );
  });
  return more.length === 0 ? record : new Map([...record, ...more]);
}

function withOwn(kind: Fetched, references: readonly Reference[]): Fetched {
  if (references.length === 0) return kind;
  const readers = references.map(({ to }) => reader(to));
  const known = new Map<string, readonly SentRecord[]>();
  const numbers = new Map<unknown, number>();
  const numberOf = (list: unknown): number => {
    if (!numbers.has(list)) numbers.set(list, numbers.size);
    return numbers.get(list) as number;
  };
  const at: FetchedAt = (view) => {
    const records = kind.at(view);
    if (!records) return undefined;
    const others = references.map(({ to }) => to.at(view) ?? []);
    const key = [records, ...others].map(numberOf).join(' ');
    const byName = references.map((reference, i) => [reference, (readers[i] as ReturnType<typeof reader>)(others[i] ?? [])] as const);
    const found = known.get(key) ?? records.map((record) => extended(record, byName));
    known.set(key, found);
    return found;
  };
  return { ...kind, at };
}

/** Kinds of records that say as well what the records of other kinds are called that they refer to. */
export function withReferences(all: readonly Fetched[], views: readonly View[]): readonly Fetched[] {
  return all.map((kind) => {
    const references = all
      .filter((other) => other !== kind)
      .flatMap((to) => fieldsNaming(kind, to, views).map((field): Reference => ({ field, to })));
    return withOwn(kind, references);
  });
}
