import type { Exchange } from '@backlot/protocol';
import type { SessionViews } from '../views.ts';
import { isObject } from '../fetched/records.ts';
import { decoded } from './address-parts.ts';

/** An object that the application sent as data: what its parts say, by their paths. */
export type ToldRecord = ReadonlyMap<string, string | boolean>;

/** Objects within objects, no deeper than this, say something of the outer one. */
const deepest = 3;

/** Takes in what an object says itself and through objects that it holds; lists in it say something of others. */
function flatten(value: Record<string, unknown>, path: string, into: Map<string, string | boolean>): void {
  for (const [name, part] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (isObject(part)) {
      if (here.split('.').length < deepest) flatten(part, here, into);
    } else if (typeof part === 'boolean') into.set(here, part);
    else if (typeof part === 'string' || typeof part === 'number') into.set(here, String(part));
  }
}

/** Data that goes deeper is not made to be read. */
const levels = 64;

/** Takes in all objects of a value, those that say the same once. */
function collect(value: unknown, found: Map<string, ToldRecord>, left = levels): void {
  if (left === 0) return;
  if (Array.isArray(value)) for (const part of value) collect(part, found, left - 1);
  if (!isObject(value)) return;
  const own = new Map<string, string | boolean>();
  flatten(value, '', own);
  if (own.size > 1) found.set(JSON.stringify([...own]), own);
  for (const part of Object.values(value)) collect(part, found, left - 1);
}

const script = /<script\b[^>]*>([^<]*(?:<(?!\/script)[^<]*)*)<\/script/gi;

/** What a text holds of data from its first bracket to its last; undefined where that is no JSON. */
function parsed(text: string): unknown {
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

/** The data in an answer: the whole of it, or what a document brings along for its scripts. */
function dataIn({ responseMime, responseBody = '' }: Exchange): readonly unknown[] {
  if (responseMime.includes('json')) return [parsed(responseBody)];
  if (!responseMime.includes('html')) return [];
  return [...responseBody.matchAll(script)].map(([, text = '']) => parsed(text));
}

function answersIn(sessions: readonly SessionViews[]): readonly Exchange[] {
  const all = sessions.flatMap(({ session }) => session.steps.flatMap(({ exchanges }) => exchanges));
  const byText = new Map(all.map((exchange) => [exchange.responseBody ?? '', exchange]));
  return [...byText.values()];
}

/** An object of the data, and which of its parts names it. */
export interface Mention {
  readonly record: ToldRecord;
  readonly by: string;
}

/** Objects by the names that parts of them say. */
export type Mentions = ReadonlyMap<string, readonly Mention[]>;

/** Shorter names, and mere numbers, stand in data by chance. */
const isName = (text: string): boolean => text.length >= shortest && /\D/.test(text);
const shortest = 4;

/** What a part says, and what it ends in where it is an address. */
function namesIn(value: string): readonly string[] {
  const [path = ''] = value.split(/[?#]/);
  const end = path.includes('/') ? decoded(path.slice(path.lastIndexOf('/') + 1)) : value;
  return [...new Set([value, end])].filter(isName);
}

/** The objects that the application sent as data in sessions, each answer read once, by what may name them. */
export function mentionsIn(sessions: readonly SessionViews[]): Mentions {
  const found = new Map<string, ToldRecord>();
  for (const answer of answersIn(sessions)) for (const data of dataIn(answer)) collect(data, found);
  const mentions = new Map<string, Mention[]>();
  for (const record of found.values()) {
    for (const [by, value] of record) {
      for (const name of typeof value === 'string' ? namesIn(value) : []) {
        const known = mentions.get(name);
        if (known) known.push({ record, by });
        else mentions.set(name, [{ record, by }]);
      }
    }
  }
  return mentions;
}
