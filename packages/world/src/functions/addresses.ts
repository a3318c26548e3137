import { withoutHash } from '../route.ts';
import type { Fn } from './values.ts';
import { text1, text2, toText } from './values.ts';

/** Text that is no valid encoding decodes to itself. */
function decode(t: string): string {
  try {
    return decodeURIComponent(t);
  } catch {
    return t;
  }
}

/** A lone surrogate has no encoding: it becomes the replacement character, as in a form that a browser sends. */
const encode = (t: string): string => encodeURIComponent(t.toWellFormed());

const encodeQuery = (t: string): string => encode(t).replaceAll('%20', '+');

const splitAddress = (t: string): RegExpExecArray | null =>
  /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(t);

const authority = (t: string): string => splitAddress(t)?.[1] ?? '';

function queryValue(t: string, name: string): string {
  const query = splitAddress(t)?.[3] ?? '';
  const found = query.split('&').find((pair) => decode(pair.split('=')[0]?.replaceAll('+', ' ') ?? '') === name);
  return found?.includes('=') ? decode(found.slice(found.indexOf('=') + 1).replaceAll('+', ' ')) : '';
}

const nameOfPair = (pair: string): string => decode(pair.split('=')[0]?.replaceAll('+', ' ') ?? '');

/** An address with a query parameter set, where it stands or at the end; without it where the value is empty. No fragment is kept. */
function withQuery(t: string, name: string, value: string): string {
  const [address = '', search = ''] = withoutHash(t).split('?');
  const written = `${encodeQuery(name)}=${encodeQuery(value)}`;
  const pairs = search.split('&').filter((pair) => pair !== '');
  const at = pairs.findIndex((pair) => nameOfPair(pair) === name);
  const others = value === '' ? pairs.filter((pair) => nameOfPair(pair) !== name) : at < 0 ? [...pairs, written] : pairs.with(at, written);
  return others.length > 0 ? `${address}?${others.join('&')}` : address;
}

/** An address with what its query asks for in the order of the names. */
function sortQuery(t: string): string {
  const [address = '', search = ''] = withoutHash(t).split('?');
  const pairs = search.split('&').filter((pair) => pair !== '');
  const sorted = pairs.toSorted((a, b) => (nameOfPair(a) < nameOfPair(b) ? -1 : Number(nameOfPair(a) > nameOfPair(b))));
  return sorted.length > 0 ? `${address}?${sorted.join('&')}` : address;
}

/** Functions on addresses (URLs), whole or from the path on. Missing parts are empty. */
export const addressFunctions: Readonly<Record<string, Fn>> = {
  decode: text1(decode),
  // As in a query that a form sends: blanks are `+`.
  encodeQuery: text1(encodeQuery),
  withQuery: (t, name, value) => withQuery(toText(t ?? null), toText(name ?? null), toText(value ?? null)),
  sortQuery: text1(sortQuery),
  decodeQuery: text1((t) => decode(t.replaceAll('+', ' '))),
  withScheme: text2((t, scheme) => (t.trim() === '' || t.includes('://') ? t : scheme + t)),
  host: text1((t) => authority(t).replace(/^[^@]*@/, '')),
  site: text1((t) =>
    authority(t)
      .replace(/^[^@]*@/, '')
      .replace(/:\d*$/, '')
      .replace(/^www\./i, ''),
  ),
  // An address of this application without its scheme and host: what a link of its pages would say.
  localAddress: text1((t) => t.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || (t === '' ? '' : '/')),
  pathOf: text1((t) => splitAddress(t)?.[2] ?? ''),
  queryOf: text1((t) => splitAddress(t)?.[3] ?? ''),
  queryValue: text2(queryValue),
};
