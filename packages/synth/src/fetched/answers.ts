import type { Exchange } from '@backlot/protocol';
import { decoded } from '../state/address-parts.ts';
import { pathOf } from '../pages/routes.ts';
import type { SentObject } from './records.ts';
import { isObject } from './records.ts';

/** Where in which answers objects of one kind stand: the path that was asked, and the names on the way from the answer's root. */
export interface Listed {
  readonly place: string;
  readonly objects: readonly SentObject[];
}

/** What answers said, each read once: every kind of records looks at all of them. */
const read = new WeakMap<Exchange, { readonly data: unknown }>();

/** What the application answered to its scripts, as data; undefined where it is none. */
export function dataOf(exchange: Exchange): unknown {
  const known = read.get(exchange) ?? { data: answerOf(exchange) };
  read.set(exchange, known);
  return known.data;
}

function answerOf({ responseMime, responseBody, status }: Exchange): unknown {
  if (!responseMime.includes('json') || responseBody === undefined || status >= 300) return undefined;
  return parsed(responseBody);
}

/** What scripts sent as data; undefined where it is none. */
export function sentBody({ requestBody }: Exchange): SentObject | undefined {
  const value = requestBody && requestBody.mimeType.includes('json') ? parsed(requestBody.text) : undefined;
  return isObject(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lists stand no deeper in answers than this. */
const deepest = 4;

function listsBelow(value: unknown, place: string, { found, left }: { found: Listed[]; left: number }): void {
  if (left === 0) return;
  if (Array.isArray(value)) {
    const objects = value.filter(isObject);
    if (objects.length < value.length) return;
    found.push({ place: `${place}[]`, objects });
    const names = new Set(objects.flatMap((object) => Object.keys(object).filter((name) => isObject(object[name]))));
    for (const name of names) {
      found.push({ place: `${place}[].${name}`, objects: objects.flatMap((object) => (isObject(object[name]) ? [object[name]] : [])) });
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [name, part] of Object.entries(value)) listsBelow(part, `${place}.${name}`, { found, left: left - 1 });
}

/** The lists of objects in an answer that gives all there is: to a question without conditions. */
export function listsIn(exchange: Exchange): readonly Listed[] {
  if (exchange.method !== 'GET' || exchange.url.includes('?')) return [];
  const found: Listed[] = [];
  listsBelow(dataOf(exchange), `${pathOf(exchange.url)} `, { found, left: deepest });
  return found;
}

/** The end of an address, decoded: what it names. */
export const endOf = (url: string): string => decoded(pathOf(url).slice(pathOf(url).lastIndexOf('/') + 1));
