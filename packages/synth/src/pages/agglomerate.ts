import { withoutHash } from '@backlot/world';
import { partsOf, type Part } from './parts.ts';
import type { Unit } from './lives.ts';
import { isKind, isNamed } from './places.ts';
import { hashRouteOf, isKey, isSlug, pathOf } from './routes.ts';
import type { View } from '../views.ts';

/** Bits that a page of its own costs, and those of one more part that is there only sometimes. */
const pageBits = 6;
const optionBits = 6;
/** Bits that pages cost which share a path pattern, and which share a whole address, if they are alike; less where they are not. */
const patternBits = 10;
const choiceBits = 40;
/** Bits against joining two addresses that are words of the application: all where that share of their marks differs, else less. */
const wordBits = 20;
/** The same for two places of one path that words in the query tell apart. */
const placeBits = 400;
const wordDifference = 0.1;
/** The same for groups that stand at no place in common and each have marks of their own: none up to one share of all marks, all from another. */
const ownBits = 160;
const ownDifference = { least: 0.15, most: 0.3 };
/** The same where they stand at words of one depth, and of the marks that one mostly has. */
const wordsDifference = { least: 0.04, most: 0.06 };
/** Share of a page's marks that another at its address must have for the first to be the second with something left out, as one choice. */
const emptierShare = 0.8;
const emptierBits = 12;

interface Group {
  readonly units: number[];
  weight: number;
  /** By part: weight of the units that have it, and that have it not. */
  readonly has: Int32Array;
  readonly lacks: Int32Array;
  readonly patterns: Set<string>;
  readonly addresses: Map<string, number>;
  /** The word that nearly all of the addresses begin with, the start page aside; null where there is none. */
  head: string | null;
}

/** What was asked for: what a form was sent to get is not what its address shows. */
const askedFor = ({ url, posted }: View): string => `${withoutHash(url)}#${hashRouteOf(url)}${posted ? ' posted' : ''}`;

function groupOf(unit: Unit, index: number, { parts, placeOf }: { parts: readonly Part[]; placeOf: (view: View) => string }): Group {
  const weight = 1 + Math.floor(Math.log2(unit.lives));
  const has = new Int32Array(parts.length);
  const lacks = new Int32Array(parts.length);
  for (const [i, { states }] of parts.entries()) {
    if (states[index] === 1) has[i] = weight;
    else if (states[index] === 0) lacks[i] = weight;
  }
  const patterns = new Set(unit.views.map(placeOf));
  const addresses = new Map(unit.views.map((view) => [askedFor(view), weight]));
  return { units: [index], weight, has, lacks, patterns, addresses, head: headOf(addresses) };
}

/** `x log2 x` for whole numbers. */
function entropyTable(size: number): Float64Array {
  return Float64Array.from({ length: size + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log2(x)));
}

interface Weighing {
  readonly parts: readonly Part[];
  readonly xlogx: Float64Array;
  /** How many marks every page has. */
  readonly common: number;
}

const isAlong = (a: Group, b: Group): boolean => [...a.patterns].some((pattern) => b.patterns.has(pattern));

/** True where what an address asks for by a word of a parameter that chooses among pages tells the groups apart. */
const areKinds = (a: Group, b: Group): boolean => [a, b].some(({ patterns }) => [...patterns].every(isKind));

/** How far a share is on the way from one to another: 0 to 1. */
const between = (share: number, { least, most }: typeof ownDifference): number =>
  Math.min(1, Math.max(0, (share - least) / (most - least)));

/** How much two groups differ: share of the marks that each always has alone or one mostly has alone, and of the smaller one's that the other has too. */
interface Differences {
  readonly likeness: number;
  readonly difference: number;
  readonly mostly: number;
}

/** Bits against joining groups that stand at no place in common, as far as they differ. */
function apartBits(a: Group, b: Group, { difference, mostly }: Differences): number {
  const own = Math.max(between(difference, ownDifference), areSiblings(a, b) ? between(mostly, wordsDifference) : 0);
  return Math.max(ownBits * own, namedBits(a, b) * (areKinds(a, b) ? 1 : Math.min(1, difference / wordDifference)));
}

/** Share of a group's addresses that must begin with a word for the group to stand below it: logs err about an address now and then. */
const mostlyBelow = 0.8;

function headOf(addresses: Group['addresses']): string | null {
  const weights = new Map<string, number>();
  let all = 0;
  for (const [address, weight] of addresses) {
    const head = pathOf(address).split('/')[1] ?? '';
    if (head === '') continue;
    weights.set(head, (weights.get(head) ?? 0) + weight);
    all += weight;
  }
  const [found] = [...weights].filter(([head, weight]) => weight >= mostlyBelow * all && !isKey(head) && !isSlug(head));
  return found?.[0] ?? null;
}

/** True for groups below different words, records of the one or the other among them: parts of an application. */
const areBranches = (a: Group, b: Group): boolean => a.head !== null && b.head !== null && a.head !== b.head;

/** True for groups that stand at words of the application beside one another. */
function areSiblings(a: Group, b: Group): boolean {
  if (areBranches(a, b)) return true;
  const patterns = [...a.patterns, ...b.patterns];
  const depths = new Set(patterns.map((pattern) => pattern.split('/').length));
  return depths.size === 1 && patterns.every((pattern) => pattern !== '/' && !/:|\d/.test(pattern) && !pattern.split('/').some(isSlug));
}

/** The same where words name the places. */
function namedBits(a: Group, b: Group): number {
  const areNamed = [...a.patterns, ...b.patterns].some(isNamed);
  const isOnePath = [...a.patterns].some((pattern) => [...b.patterns].some((other) => pathOf(other) === pathOf(pattern)));
  if (areNamed && isOnePath) return placeBits;
  return (isWord(a) && isWord(b)) || areBranches(a, b) ? wordBits : 0;
}

/** What the addresses say for joining two groups. */
function addressBits(a: Group, b: Group, differences: Differences): number {
  if (!isAlong(a, b) || areBranches(a, b)) return apartBits(a, b, differences);
  let shared = 0;
  for (const [address, weight] of a.addresses) shared += Math.min(weight, b.addresses.get(address) ?? 0);
  return -(differences.likeness ** 2) * (patternBits + choiceBits * shared);
}

function isWord({ patterns }: Group): boolean {
  const [pattern = ''] = patterns;
  const last = pattern.slice(pattern.lastIndexOf('/') + 1);
  return patterns.size === 1 && !last.startsWith(':') && !isSlug(last);
}

/** What two groups have in common and what each always has and alone, in marks; what it takes in bits to have that, or at times, as one page. */
interface Comparison {
  bits: number;
  both: number;
  onlyA: number;
  onlyB: number;
  /** Marks that one of them mostly has, and the other never. */
  mostly: number;
  onlyABits: number;
  onlyBBits: number;
}

function compare(a: Group, b: Group, { parts, xlogx, common }: Weighing): Comparison {
  const vary = (has: number, lacks: number): number =>
    Math.min(optionBits, (xlogx[has + lacks] as number) - (xlogx[has] as number) - (xlogx[lacks] as number));
  const found: Comparison = { bits: 0, both: common, onlyA: 0, onlyB: 0, mostly: 0, onlyABits: 0, onlyBBits: 0 };
  for (let i = 0; i < parts.length; i++) {
    const hasA = a.has[i] as number;
    const hasB = b.has[i] as number;
    if (hasA === 0 && hasB === 0) continue;
    const { size, weight, bits } = parts[i] as Part;
    const lacksA = a.lacks[i] as number;
    const lacksB = b.lacks[i] as number;
    const more = lacksA + lacksB > 0 ? weight * (vary(hasA + hasB, lacksA + lacksB) - vary(hasA, lacksA) - vary(hasB, lacksB)) : 0;
    if (hasA > 0 && hasB > 0) {
      found.both += size;
      found.bits += more - bits;
    } else if (hasA > 0) {
      if (lacksA === 0) found.onlyA += size;
      if (hasA > lacksA) found.mostly += size;
      found.onlyABits += more;
    } else {
      if (lacksB === 0) found.onlyB += size;
      if (hasB > lacksB) found.mostly += size;
      found.onlyBBits += more;
    }
  }
  return found;
}

/** Bits that two groups take more as one page than as two. */
function mergeBits(a: Group, b: Group, weighing: Weighing): number {
  const { bits, both, onlyA, onlyB, onlyABits, onlyBBits, ...compared } = compare(a, b, weighing);
  const likeness = both / (both + Math.min(onlyA, onlyB) || 1);
  const difference = (onlyA + onlyB) / (both + onlyA + onlyB || 1);
  const mostly = compared.mostly / (both + compared.mostly || 1);
  const isEmptier = likeness >= emptierShare && isAlong(a, b);
  const most = Math.max(onlyABits, onlyBBits);
  const parted = Math.min(onlyABits, onlyBBits) + (isEmptier ? Math.min(most, emptierBits) : most);
  return bits + parted - pageBits + addressBits(a, b, { likeness, difference, mostly });
}

function join(a: Group, b: Group): void {
  a.units.push(...b.units);
  a.weight += b.weight;
  for (let i = 0; i < a.has.length; i++) {
    a.has[i] = (a.has[i] as number) + (b.has[i] as number);
    a.lacks[i] = (a.lacks[i] as number) + (b.lacks[i] as number);
  }
  for (const pattern of b.patterns) a.patterns.add(pattern);
  for (const [address, weight] of b.addresses) a.addresses.set(address, (a.addresses.get(address) ?? 0) + weight);
  a.head = headOf(a.addresses);
}

/** The pairs of groups with what joining them would cost; the cheapest partner of each is kept up to date. */
function pairing(groups: (Group | null)[], weighing: Weighing) {
  const score = (i: number, j: number): number => mergeBits(groups[i] as Group, groups[j] as Group, weighing);
  const bits = groups.map((_, i) => Float64Array.from({ length: i }, (_value, j) => score(i, j)));
  const at = (i: number, j: number): number => (bits[i] as Float64Array)[j] as number;
  const partnerOf = (i: number): number => {
    let best = -1;
    for (let j = 0; j < i; j++) if (groups[j] && (best < 0 || at(i, j) < at(i, best))) best = j;
    return best;
  };
  const partners = groups.map((_, i) => partnerOf(i));
  const cheapest = (): readonly [number, number] | null => {
    let found: readonly [number, number] | null = null;
    let least = 0;
    for (const [i, j] of partners.entries()) {
      if (groups[i] && j >= 0 && at(i, j) < least) [found, least] = [[i, j], at(i, j)];
    }
    return found;
  };
  const update = (joined: number, gone: number): void => {
    for (let i = 0; i < groups.length; i++) {
      if (groups[i] === null || i === joined) continue;
      (bits[Math.max(i, joined)] as Float64Array)[Math.min(i, joined)] = score(i, joined);
    }
    for (let i = 0; i < groups.length; i++) {
      if (groups[i] === null) continue;
      const partner = partners[i] as number;
      if (i === joined || partner === joined || partner === gone) partners[i] = partnerOf(i);
      else if (i > joined && (partner < 0 || at(i, joined) < at(i, partner))) partners[i] = joined;
    }
  };
  return { cheapest, update };
}

/** Most groups that are compared each with each; units of one address stand next to each other. */
const chunk = 200;

function joinAll(of: readonly Group[], weighing: Weighing): readonly Group[] {
  const groups: (Group | null)[] = [...of];
  const pairs = pairing(groups, weighing);
  for (let pair = pairs.cheapest(); pair !== null; pair = pairs.cheapest()) {
    const [gone, joined] = pair;
    join(groups[joined] as Group, groups[gone] as Group);
    groups[gone] = null;
    pairs.update(joined, gone);
  }
  return groups.filter((group) => group !== null);
}

/** Joins units to pages as long as that shortens the description of them all. Gives the numbers of the units of each page. */
export function agglomerate(units: readonly Unit[], placeOf: (view: View) => string): readonly (readonly number[])[] {
  const { parts, common } = partsOf(units);
  let groups: readonly Group[] = units.map((unit, i) => groupOf(unit, i, { parts, placeOf }));
  const weighing = { parts, common, xlogx: entropyTable(groups.reduce((sum, { weight }) => sum + weight, 0)) };
  for (let before = Infinity; groups.length > chunk && groups.length < before;) {
    before = groups.length;
    const chunks = Array.from({ length: Math.ceil(before / chunk) }, (_, i) => groups.slice(i * chunk, (i + 1) * chunk));
    groups = chunks.flatMap((some) => joinAll(some, weighing));
  }
  return joinAll(groups, weighing).map((group) => group.units);
}
