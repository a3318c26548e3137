import fc from 'fast-check';

/** Whether all inputs are drawn, or the part of them that every run of the tests affords. */
export const isFull = process.env['BACKLOT_FUZZ'] === 'full';

/** How many inputs a fuzz test draws: all with BACKLOT_FUZZ=full, else the fortieth part that every run of the tests affords. */
export function fuzzRuns(full: number): { readonly numRuns: number } {
  return { numRuns: isFull ? full : Math.ceil(full / 40) };
}

/** How long a fuzz test may take, in milliseconds. */
export const fuzzTime = isFull ? 1_200_000 : 120_000;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

/** Names and texts that mean something to whoever reads them carelessly. */
export const hostileTexts: readonly string[] = [
  '',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '../../../../etc/passwd',
  '/\u0000',
  '${process.exit(1)}',
  'javascript:alert(1)',
  '//out.example',
  'https://out.example/',
  '%',
  '%00',
  '\ud800',
  '\u202e',
  '\u001b[2J',
  'a'.repeat(5000),
  '('.repeat(300),
  ':not('.repeat(50),
];

const hostileNumbers = [-1, 0, 0.5, 1e9, 2 ** 53, -(2 ** 31), 1e308, Number.MIN_VALUE];

/** A value of any kind, with the worst among them. */
export const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  fc.constantFrom<Json[]>(null, true, false, [], {}, [[]], [null]),
  fc.constantFrom<Json[]>(JSON.parse('{"__proto__":{"polluted":1}}'), { constructor: { prototype: { polluted: 1 } } }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constant(nested(200)),
);

function nested(depth: number): Json {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** Copies of a JSON value with a few changes: parts replaced by anything, by other parts of their kind, left out, or repeated. */
export function mutations(value: unknown): fc.Arbitrary<unknown> {
  const places = [...walk(value as Json, [])];
  const byKind = Map.groupBy(places, (path) => kindOf(path, value));
  const place = fc.nat(places.length - 1);
  const change = fc.record({
    place,
    other: fc.nat(),
    how: fc.constantFrom('put', 'swap', 'swap', 'swap', 'drop', 'repeat'),
    put: anything,
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = structuredClone(value) as Json;
    for (const { place: at, other, how, put } of changes) {
      const path = places[at] as Path;
      const kin = byKind.get(kindOf(path, value)) ?? [path];
      const swapped = read(value as Json, kin[other % kin.length] as Path);
      mutate(copy, path, { how, put: structuredClone(how === 'swap' ? (swapped as Json) : put) });
    }
    return copy;
  });
}

function* walk(value: Json, path: Path): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* walk(item as Json, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** Parts are of one kind where they have the same name and the same form. */
function kindOf(path: Path, value: unknown): string {
  const name = path.findLast((part) => typeof part === 'string') ?? '';
  const part = read(value as Json, path);
  const form = Array.isArray(part) ? 'list' : typeof part === 'object' && part !== null ? Object.keys(part)[0] : typeof part;
  return `${name} ${form}`;
}

function read(value: Json, path: Path): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, Json>)[key] : undefined;
  return at;
}

function mutate(copy: Json, path: Path, { how, put }: { readonly how: string; readonly put: Json }): void {
  const parent = read(copy, path.slice(0, -1));
  const key = path.at(-1) as string;
  if (typeof parent !== 'object' || parent === null) return;
  if (how === 'drop' && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (how === 'drop') delete (parent as Record<string, Json>)[key];
  else if (how === 'repeat' && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)] as Json));
  else Object.defineProperty(parent, key, { value: put, enumerable: true, configurable: true, writable: true });
}
