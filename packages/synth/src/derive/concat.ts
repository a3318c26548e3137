import { parameter, textAt, call, constantCost } from './term.ts';
import type { Term } from './term.ts';

/** Texts that are to be written on some rows, and terms that stand in them. */
export interface Writing {
  readonly rows: readonly number[];
  readonly wanted: readonly string[];
  readonly atoms: readonly Term[];
  /** Texts of which only a beginning may stand in what is wanted. */
  readonly bases: readonly Term[];
  /** Numbers that may decide between one word and another. */
  readonly counts: readonly Term[];
  readonly maxCost: number;
}

interface State {
  readonly places: readonly number[];
  readonly cost: number;
  readonly piece: Term | string | null;
  readonly from: State | null;
}

const pieceBits = 1;
/** States looked at before the search gives up. */
const mostStates = 400;

/** Length of the text that all rows continue with. */
function shared(wanted: readonly string[], places: readonly number[]): number {
  const first = wanted[0] as string;
  const start = places[0] as number;
  let length = 0;
  while (
    start + length < first.length &&
    wanted.every((want, i) => want.charCodeAt((places[i] as number) + length) === first.charCodeAt(start + length))
  )
    length++;
  return length;
}

interface Index {
  /** Terms by the places in the first wanted text at which they may begin. */
  readonly starts: ReadonlyMap<number, readonly Term[]>;
  readonly stops: readonly number[];
  /** Terms that are empty on the first row, so may stand anywhere. */
  readonly silent: readonly Term[];
  readonly cutStarts: ReadonlyMap<number, readonly Term[]>;
}

const shortestCut = 2;

function occurrences(text: string, part: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && found.length < 20; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}

function indexOf(writing: Writing): Index {
  const starts = new Map<number, Term[]>();
  const cutStarts = new Map<number, Term[]>();
  const first = writing.wanted[0] as string;
  const row = writing.rows[0] as number;
  const silent: Term[] = [];
  const put = (map: Map<number, Term[]>, at: number, term: Term): unknown => map.get(at)?.push(term) ?? map.set(at, [term]);
  for (const term of writing.atoms) {
    const text = textAt(term, row);
    if (text === '') silent.push(term);
    else for (const at of occurrences(first, text)) put(starts, at, term);
  }
  for (const term of writing.bases) {
    const text = textAt(term, row);
    if (text.length > shortestCut) for (const at of occurrences(first, text.slice(0, shortestCut))) put(cutStarts, at, term);
  }
  const stops = [...new Set([...starts.keys(), ...cutStarts.keys(), first.length])].sort((a, b) => a - b);
  return { starts, stops, silent, cutStarts };
}

/** Where the rows stand once the term is written, or null where it is not what they continue with. */
function after(writing: Writing, places: readonly number[], term: Term): readonly number[] | null {
  const next: number[] = [];
  for (const [i, row] of writing.rows.entries()) {
    const text = textAt(term, row);
    if (!(writing.wanted[i] as string).startsWith(text, places[i])) return null;
    next.push((places[i] as number) + text.length);
  }
  return next;
}

/** A beginning of fixed length, where the texts go on differently from then on. */
function beginning(writing: Writing, places: readonly number[], base: Term): Term | null {
  let length = Infinity;
  let whole = true;
  for (const [i, row] of writing.rows.entries()) {
    const text = textAt(base, row);
    const want = writing.wanted[i] as string;
    let k = 0;
    while (k < text.length && text.charCodeAt(k) === want.charCodeAt((places[i] as number) + k)) k++;
    if (k < text.length) whole = false;
    if (k < text.length || k > length) length = Math.min(length, k);
  }
  if (whole || length < shortestCut || !Number.isFinite(length)) return null;
  return call('slice', [base, parameter(0), parameter(length)], -1);
}

const wordAt = (text: string, at: number): string => /^\p{L}*/u.exec(text.slice(at))?.[0] ?? '';

/** Words of one noun or verb begin alike (item, items; person, people), or the number stands with them (1 mouse, 2 mice). */
const areForms = (one: string, many: string): boolean => one === '' || many === '' || one.charAt(0) === many.charAt(0);

function pluralOf(writing: Writing, count: Term, words: readonly string[]): Term | null {
  const isOne = writing.rows.map((row) => count.at(row) === 1);
  const one = words[isOne.indexOf(true)];
  const many = words[isOne.indexOf(false)];
  if (one === undefined || many === undefined || !words.every((word, i) => word === (isOne[i] === true ? one : many))) return null;
  const isWritten = writing.rows.every((row, i) => (writing.wanted[i] as string).includes(textAt(count, row)));
  return areForms(one, many) || isWritten ? call('plural', [count, parameter(one), parameter(many)], -6) : null;
}

/** One word where the number is 1 and another where it is not. */
function plurals(writing: Writing, places: readonly number[]): readonly Term[] {
  const inWord = writing.wanted.some((want, i) => /\p{L}/u.test(want.charAt((places[i] as number) - 1)));
  if (inWord) return [];
  const words = writing.wanted.map((want, i) => wordAt(want, places[i] as number));
  if (new Set(words).size !== 2) return [];
  return writing.counts.map((count) => pluralOf(writing, count, words)).filter((term) => term !== null);
}

function* steps(writing: Writing, index: Index, state: State): Iterable<State> {
  const { places, cost } = state;
  const start = places[0] as number;
  const fromTerm = function* (terms: readonly Term[]): Iterable<State> {
    for (const term of terms) {
      const next = after(writing, places, term);
      if (next?.some((place, i) => place !== places[i]))
        yield { places: next, cost: cost + term.cost + pieceBits, piece: term, from: state };
    }
  };
  yield* fromTerm(index.starts.get(start) ?? []);
  yield* fromTerm(index.silent);
  const cuts = (index.cutStarts.get(start) ?? []).map((base) => beginning(writing, places, base));
  yield* fromTerm(cuts.filter((term) => term !== null));
  if (writing.counts.length > 0) yield* fromTerm(plurals(writing, places));
  if (typeof state.piece === 'string') return;
  const longest = shared(writing.wanted, places);
  const ends = new Set(index.stops.filter((stop) => stop > start && stop <= start + longest).map((stop) => stop - start));
  if (longest > 0) ends.add(longest);
  const text = (writing.wanted[0] as string).slice(start, start + longest);
  if (writing.counts.length > 0) for (const found of text.matchAll(/[^\p{L}](?=\p{L})/gu)) ends.add(found.index + found[0].length);
  for (const length of ends) {
    const piece = text.slice(0, length);
    yield { places: places.map((place) => place + length), cost: cost + constantCost(piece) + pieceBits, piece, from: state };
  }
}

function piecesOf(state: State): readonly (Term | string)[] {
  const pieces: (Term | string)[] = [];
  for (let at: State | null = state; at; at = at.from) if (at.piece !== null) pieces.unshift(at.piece);
  return pieces;
}

/** The pieces one after the other; a single term stands for itself. */
export function joinPieces(pieces: readonly (Term | string)[]): Term {
  const terms = pieces.map((piece) =>
    typeof piece === 'string' ? { ...parameter(piece), cost: constantCost(piece), form: constantCost(piece) } : piece,
  );
  return terms.length === 1 ? (terms[0] as Term) : call('concat', terms, terms.length * pieceBits);
}

/** Takes the cheapest state out of those that wait. */
function takeCheapest(open: State[]): State {
  let best = 0;
  for (let i = 1; i < open.length; i++) if ((open[i] as State).cost < (open[best] as State).cost) best = i;
  const state = open[best] as State;
  open[best] = open.at(-1) as State;
  open.pop();
  return state;
}

/** The cheapest sequence of terms and constants that writes every wanted text (a shortest path over places in all of them). */
export function writeTexts(writing: Writing): readonly (Term | string)[] | null {
  const index = indexOf(writing);
  const open: State[] = [{ places: writing.wanted.map(() => 0), cost: 0, piece: null, from: null }];
  const done = new Set<string>();
  for (let looked = 0; open.length > 0 && looked < mostStates; looked++) {
    const state = takeCheapest(open);
    if (state.cost > writing.maxCost) return null;
    const key = `${state.places.join()}${typeof state.piece === 'string' ? 'c' : ''}`;
    if (done.has(key)) continue;
    done.add(key);
    if (state.places.every((place, i) => place === writing.wanted[i]?.length)) return piecesOf(state);
    for (const next of steps(writing, index, state)) open.push(next);
  }
  return null;
}
