import type { Exchange, Session } from '@backlot/protocol';
import { dataOf, endOf, listsIn, sentBody } from './answers.ts';
import { pathOf } from '../pages/routes.ts';
import type { Collection } from './collections.ts';
import type { SentObject } from './records.ts';
import { isObject } from './records.ts';

/** The records of a collection as scripts hold them, in the order in which they came; undefined before the first answer. */
export type Held = readonly SentObject[] | undefined;

/** Share of a collection's fields that an object must have to be one of its records. */
const alike = 0.6;

const nameOf = (object: SentObject, { key }: Collection): string => String(object[key] ?? '');

function isLike(object: SentObject, { fields, key }: Collection): boolean {
  if (object[key] === undefined) return false;
  const names = Object.keys(object);
  const shared = names.filter((field) => fields.has(field)).length;
  return shared >= alike * fields.size && shared >= alike * names.length;
}

/** The record that an address names, if it is one of the collection's: mere numbers name records of every kind. */
function targetOf(url: string, { place }: Collection): string {
  const name = endOf(url);
  return /\D/.test(name) || pathOf(url).startsWith(`${place.split(' ')[0] as string}/`) ? name : '';
}

/** The objects that an answer is about: itself, or what it wraps. */
function answered(data: unknown): readonly SentObject[] {
  if (!isObject(data)) return [];
  return [data, ...Object.values(data).filter(isObject)];
}

function changed(held: readonly SentObject[], collection: Collection, exchange: Exchange): readonly SentObject[] {
  const { method, url, status } = exchange;
  if (status >= 300) return held;
  const named = (object: SentObject): string => nameOf(object, collection);
  const target = targetOf(url, collection);
  if (method === 'DELETE') return held.filter((object) => named(object) !== target);
  let now = held;
  const sent = method === 'PUT' || method === 'PATCH' ? sentBody(exchange) : undefined;
  if (sent) {
    const own = Object.fromEntries(Object.entries(sent).filter(([field]) => collection.fields.has(field)));
    now = now.map((object) => (named(object) === target ? { ...object, ...own } : object));
  }
  for (const object of answered(dataOf(exchange))) {
    const name = named(object);
    if (!isLike(object, collection)) continue;
    if (now.some((other) => named(other) === name)) now = now.map((other) => (named(other) === name ? { ...other, ...object } : other));
    else if (method === 'POST') now = [...now, object];
  }
  return now;
}

function after(held: Held, collection: Collection, exchange: Exchange): Held {
  const whole = listsIn(exchange).find(({ place }) => place === collection.place);
  if (whole) return whole.objects;
  return held && changed(held, collection, exchange);
}

/** What scripts hold of a collection after each step of a session: what they were answered last, and what they changed since. */
export function followFetched({ steps }: Session, collection: Collection): readonly Held[] {
  let held: Held;
  return steps.map(({ exchanges }) => {
    for (const exchange of exchanges) held = after(held, collection, exchange);
    return held;
  });
}
