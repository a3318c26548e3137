import type { Session } from '@backlot/protocol';
import { isKey } from '../pages/routes.ts';
import { listsIn } from './answers.ts';
import type { SentObject } from './records.ts';

/** Records of one kind that scripts keep: where answers list them, and the field that names them. */
export interface Collection {
  readonly place: string;
  readonly key: string;
  /** Fields that most of its records have. */
  readonly fields: ReadonlySet<string>;
}

/** Records that a list must have shown together to be one of records. */
const fewestRecords = 2;
/** Sessions that must have been sent it. */
const fewestSessions = 2;
/** Kinds of records that scripts keep, at most: the longest lists first. */
const mostCollections = 16;
/** Share of records that a field must be in to be one of theirs. */
const mostly = 0.6;

const isName = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';

/** Names that applications give to what names a record, the likeliest first. */
const keyNames = [/^_?id$/i, /^(key|slug|uuid|guid)$/i, /(^|_)id$|Id$/, /^(name|code|number|login|username|email)$/i];

const rank = (field: string): number => keyNames.findIndex((pattern) => pattern.test(field));

/** The field that tells the records of a place apart in every answer; undefined where none does. */
function keyOf(answers: readonly (readonly SentObject[])[]): string | undefined {
  const fields = new Set(answers.flatMap((objects) => objects.flatMap(Object.keys)));
  const isKey = (field: string): boolean =>
    rank(field) >= 0 &&
    answers.every((objects) => {
      const names = objects.map((object) => object[field]);
      return names.every(isName) && new Set(names.map(String)).size === names.length;
    });
  return [...fields].filter(isKey).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0];
}

function usualFields(objects: readonly SentObject[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const object of objects) for (const field of Object.keys(object)) counts.set(field, (counts.get(field) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= mostly * objects.length).map(([field]) => field));
}

/** The lists that answers gave at one place, each with the session that got it. */
interface Place {
  readonly place: string;
  readonly lists: readonly { readonly session: number; readonly objects: readonly SentObject[] }[];
}

function collectionOf({ place, lists }: Place): Collection | null {
  const answers = lists.map(({ objects }) => objects);
  if (!answers.some((objects) => objects.length >= fewestRecords)) return null;
  const key = keyOf(answers);
  return key === undefined ? null : { place, key, fields: usualFields(answers.flat()) };
}

/** Names of the records that sessions were sent. */
const namesIn = ({ lists }: Place, key: string): ReadonlySet<string> =>
  new Set(lists.flatMap(({ session, objects }) => objects.map((object) => `${session} ${String(object[key])}`)));

const shareIn = (some: ReadonlySet<string>, all: ReadonlySet<string>): number =>
  [...some].filter((name) => all.has(name)).length / Math.max(1, some.size);

/** True for a place that only lists records which another lists as well. */
function isPartOf(place: Place, { key, fields }: Collection, whole: readonly (readonly [Place, Collection])[]): boolean {
  return whole.some(
    ([other, known]) =>
      known.key === key && shareIn(known.fields, fields) >= mostly && shareIn(namesIn(place, key), namesIn(other, key)) >= mostly,
  );
}

/** True for what no address of a single record gives. */
const isOfAll = (place: string): boolean => !(place.split(' ')[0] as string).split('/').some(isKey);

/** The collections of records that an application's answers list as a whole, the longest first. */
export function collectionsIn(sessions: readonly Session[]): readonly Collection[] {
  const lists = sessions.flatMap(({ steps }, session) =>
    steps.flatMap(({ exchanges }) => exchanges.flatMap(listsIn).map((listed) => ({ ...listed, session }))),
  );
  const longest = ({ lists: some }: Place): number => Math.max(...some.map(({ objects }) => objects.length));
  const places = [...Map.groupBy(lists, ({ place }) => place)]
    .map(([place, some]): Place => ({ place, lists: some }))
    .filter(
      ({ place, lists: some }) =>
        isOfAll(place) && new Set(some.map(({ session }) => session)).size >= Math.min(fewestSessions, sessions.length),
    )
    .toSorted((a, b) => longest(b) - longest(a) || (a.place < b.place ? -1 : 1));
  const found: (readonly [Place, Collection])[] = [];
  for (const place of places) {
    const collection = collectionOf(place);
    if (collection && !isPartOf(place, collection, found)) found.push([place, collection]);
  }
  return found.slice(0, mostCollections).map(([, collection]) => collection);
}
