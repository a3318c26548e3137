import type { Value } from '@backlot/protocol';

/** A record as the application sent it: what it says, by field. Objects within it say their fields by path ("owner.name"). */
export type SentRecord = ReadonlyMap<string, Value>;

export type SentObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is SentObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects within objects, no deeper than this, say something of the outer one. */
const deepest = 3;

/** A text for what people read; a switch stays one. */
function plainValue(value: unknown): Value | undefined {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The entries of a list: texts, or records of their own, one by one. */
function listValue(list: readonly unknown[]): Value {
  return list.map((entry): Value => {
    if (!isObject(entry)) return plainValue(entry) ?? '';
    return [...recordOf(entry)].map(([name, value]): Value => [name, value]);
  });
}

function addFields(value: SentObject, path: string, into: Map<string, Value>): void {
  for (const [name, part] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    const plain = plainValue(part);
    if (Array.isArray(part)) into.set(here, listValue(part));
    else if (isObject(part) && here.split('.').length < deepest) addFields(part, here, into);
    else if (plain !== undefined) into.set(here, plain);
  }
}

/** What an object of the data says. Lists of objects are lists of pairs of field and value. */
export function recordOf(value: SentObject): SentRecord {
  const fields = new Map<string, Value>();
  addFields(value, '', fields);
  return fields;
}
