import type { Session } from '@backlot/protocol';
import { listsIn } from './answers.ts';
import { collectionsIn } from './collections.ts';
import type { SentRecord } from './records.ts';
import { recordOf } from './records.ts';

/** A text that no mere number is. */
const isName = (value: unknown): value is string => typeof value === 'string' && /\p{L}/u.test(value);

/** The fields that tell all records of every answer apart. */
function telling(answers: readonly (readonly SentRecord[])[]): readonly string[] {
  const fields = new Set(answers.flatMap((records) => records.flatMap((record) => [...record.keys()])));
  return [...fields].filter((field) =>
    answers.every((records) => {
      const values = records.map((record) => record.get(field));
      return values.every(isName) && new Set(values).size === values.length;
    }),
  );
}

/** What records that scripts hold are called: texts that tell them apart. Siblings that begin with these show records. */
export function fetchedNames(sessions: readonly Session[]): ReadonlySet<string> {
  const exchanges = sessions.flatMap(({ steps }) => steps.flatMap((step) => step.exchanges));
  const places = new Set(collectionsIn(sessions).map(({ place }) => place));
  const lists = exchanges.flatMap(listsIn).filter(({ place, objects }) => places.has(place) && objects.length > 1);
  const names = new Set<string>();
  for (const [, some] of Map.groupBy(lists, ({ place }) => place)) {
    const answers = some.map(({ objects }) => objects.map(recordOf));
    const fields = telling(answers);
    for (const record of answers.flat()) for (const field of fields) names.add(String(record.get(field)).trim());
  }
  return names;
}
