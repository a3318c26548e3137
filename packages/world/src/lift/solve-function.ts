import type { State, Value } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { functions, toNumber, toText } from '../functions.ts';
import type { Call, Goal, Solve } from './goal.ts';
import { canBeSet } from './names.ts';
import { scopeAt } from './place.ts';
import { textOfWant, type Want } from './want.ts';

/** What an argument may be, given what the call comes to and the values of all arguments; `at` is the argument's place. */
type Guess = (want: Want, args: readonly Value[], at: number) => readonly Want[];

const sameText: Guess = (want) => {
  const text = textOfWant(want);
  return text === undefined ? [] : [{ text }];
};
const through =
  (name: string): Guess =>
  (want) => {
    const text = textOfWant(want);
    return text === undefined ? [] : [{ text: toText(functions[name]?.(text)) }];
  };
const listValue = (want: Want): readonly Value[] | null =>
  'value' in want && Array.isArray(want.value) ? (want.value as readonly Value[]) : null;
const sameList: Guess = (want) => (listValue(want) === null ? [] : [want]);

function number(want: Want): number | null {
  const text = textOfWant(want);
  return text === undefined || text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

const arithmetic =
  (solveFor: (result: number, other: number, at: number) => number): Guess =>
  (want, args, at) => {
    const result = number(want);
    return result === null ? [] : [{ value: solveFor(result, toNumber(args[1 - at]), at) }];
  };

/** A list that a text was split into: joined again, by the separator or by the first of the signs that separate. */
const joined =
  (by: (separator: string) => string): Guess =>
  (want, args) => {
    const list = listValue(want);
    return list === null ? [] : [{ text: list.map(toText).join(by(toText(args[1]))) }];
  };

/** How functions are read backwards. A guess counts only if the function makes of it what was wanted. */
const guesses: Readonly<Record<string, Guess>> = {
  trim: sameText,
  collapse: sameText,
  lower: sameText,
  upper: sameText,
  text: sameText,
  date: sameText,
  withScheme: sameText,
  slice: sameText,
  replace: sameText,
  decode: through('encode'),
  decodeQuery: through('encodeQuery'),
  encode: through('decode'),
  encodeQuery: through('decodeQuery'),
  // The plain spelling is the likelier source.
  capitalise: (want) => {
    const text = textOfWant(want);
    return text === undefined ? [] : [{ text: text.toLowerCase() }, { text }];
  },
  number: sameText,
  furnished: (want, args) => {
    const text = textOfWant(want);
    return text === undefined ? [] : [{ text: toText(functions['unfurnished']?.(text, args[1] ?? null)) }];
  },
  fixed: (want) => {
    const text = textOfWant(want);
    return text === undefined ? [] : [{ value: toNumber(functions['amount']?.(text)) }];
  },
  mark: (want) => {
    const text = textOfWant(want);
    return text === undefined ? [] : text === '0' || text === '1' ? [{ value: text === '1' }, { text }] : [{ text }];
  },
  add: arithmetic((result, other) => result - other),
  sub: arithmetic((result, other, at) => (at === 0 ? result + other : other - result)),
  mul: arithmetic((result, other) => (other === 0 ? 0 : result / other)),
  join: (want, args) => {
    const text = textOfWant(want);
    return text === undefined ? [] : [{ value: text === '' ? [] : text.split(toText(args[1])) }, { text }];
  },
  split: joined((separator) => separator),
  items: joined((separators) => separators.slice(0, 1)),
  sorted: sameList,
  unique: sameList,
  reversed: (want) => {
    const list = listValue(want);
    return list === null ? [] : [{ value: list.toReversed() }];
  },
};

/** The state in which a call comes to what is wanted, by what its one argument that can be set must then be. */
export function solveFunction({ expr, want, place }: Goal<Call>, state: State, solve: Solve): State | null {
  const guess = Object.hasOwn(guesses, expr.fn) ? guesses[expr.fn] : undefined;
  if (guess === undefined) return null;
  const scope = scopeAt(state, place);
  const args = expr.args.map((arg) => evaluate(arg, scope));
  for (const [at, arg] of expr.args.entries()) {
    if (!canBeSet(arg)) continue;
    for (const each of guess(want, args, at)) {
      const solved = solve({ expr: arg, want: each, place }, state);
      const says = solved && evaluate(expr, scopeAt(solved, place));
      if (solved && says !== null && matches(says, want)) return solved;
    }
  }
  return null;
}

const matches = (value: Value, want: Want): boolean =>
  'value' in want ? functions['eq']?.(value, want.value) === true : toText(value) === textOfWant(want);
