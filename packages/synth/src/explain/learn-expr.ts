import type { Expr, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { candidate, toBoolean, toText } from '@backlot/world';
import { knownValue } from './known-values.ts';

/** A value that was seen, and what could be known when it was. */
export interface Example {
  readonly scope: Scope;
  /** The scope without the row looked at, where many examples share it: what says nothing of the row is worked out there, once. */
  readonly base?: Scope;
  readonly value: Value;
}

/** What an expression may be made of. Both lists are in order of preference. */
export interface Vocabulary {
  /** Expressions for a whole value or a part of a text. */
  readonly terms: readonly Expr[];
  /** Conditions that may tell cases apart. */
  readonly tests: readonly Expr[];
  /** Most conditions on the way to a value. */
  readonly depth: number;
  /** Share of examples that may be left unexplained. */
  readonly slack: number;
}

/** An expression with the number of conditions in it and the examples that it gets wrong. */
export interface Learned {
  readonly expr: Expr;
  readonly size: number;
  readonly misses: readonly number[];
}

interface Task {
  /** One of each kind of example: those that no term and no test tells apart are one. */
  readonly examples: readonly Example[];
  /** Indices of the examples behind each kind. */
  readonly members: readonly (readonly number[])[];
  readonly vocabulary: Vocabulary;
  readonly values: readonly (readonly Value[])[];
  /** Numbers in an example's text and what stands between them. */
  readonly pieces: (i: number) => readonly string[];
  /** Whether a term shows an example's value, by term and kind. */
  readonly hits: readonly Uint8Array[];
  readonly truths: readonly Uint8Array[];
}

const weight = (task: Task, at: readonly number[]): number => at.reduce((sum, i) => sum + (task.members[i]?.length ?? 0), 0);

const same = (a: Value | undefined, b: Value | undefined): boolean => (a ?? null) === (b ?? null);

/** A shown text agrees with a term that reads the same once white space at the ends is gone. */
function shows(shown: Value, term: Value): boolean {
  if (typeof shown === 'string') return shown === toText(term) || (typeof term !== 'boolean' && shown.trim() === toText(term).trim());
  return same(shown, term);
}

function constant(task: Task, at: readonly number[]): Expr | null {
  const first = task.examples[at[0] as number]?.value ?? null;
  return at.every((i) => same(task.examples[i]?.value, first)) ? { lit: first } : null;
}

function directTerm(task: Task, at: readonly number[], valueAt: (i: number) => Value): Expr | null {
  const t = task.values.findIndex((values) => at.every((i) => shows(valueAt(i), values[i] ?? null)));
  return t < 0 ? null : (task.vocabulary.terms[t] as Expr);
}

const piecesOf = (value: Value): readonly string[] =>
  toText(value)
    .split(/(\d+)/)
    .filter((piece) => piece !== '');

/** Constant text around terms: "Clear completed (" + count + ")". */
function pattern(task: Task, at: readonly number[]): Expr | null {
  const split = at.map((i) => task.pieces(i));
  const length = split[0]?.length ?? 0;
  if (length < 2 || split.some((parts) => parts.length !== length)) return null;
  const args: Expr[] = [];
  for (let p = 0; p < length; p++) {
    const part = (k: number): string => (split[k] as readonly string[])[p] as string;
    if (at.every((_, k) => part(k) === part(0)) && !/^\d+$/.test(part(0))) args.push({ lit: part(0) });
    else {
      const where = new Map(at.map((i, k) => [i, k]));
      const term =
        directTerm(task, at, (i) => part(where.get(i) as number)) ?? (at.every((_, k) => part(k) === part(0)) ? { lit: part(0) } : null);
      if (!term) return null;
      args.push(term);
    }
  }
  return { fn: 'concat', args };
}

/** A constant is trusted over a term only when it held more than once or nothing else fits. */
function leaf(task: Task, at: readonly number[]): Expr | null {
  const fixed = constant(task, at);
  if (fixed) return fixed;
  const isText = typeof task.examples[at[0] as number]?.value === 'string';
  return directTerm(task, at, (i) => task.examples[i]?.value ?? null) ?? (isText ? pattern(task, at) : null);
}

/** The examples among some that a term shows: each set once, however many terms show just those. */
function distinctHits(task: Task, at: readonly number[]): readonly (readonly number[])[] {
  const sets = new Map<string, readonly number[]>();
  for (const hits of task.hits) {
    const shown = at.filter((i) => hits[i] === 1);
    if (shown.length > 0) sets.set(shown.join(), shown);
  }
  return [...sets.values()];
}

/** How many examples the best single term or constant explains on both sides of a split together. */
function bestCover(task: Task, { yes, no, test }: Split, distinct: readonly (readonly number[])[]): number {
  const truths = task.truths[test] as Uint8Array;
  let mostYes = mostOfOneValue(task, yes);
  let mostNo = mostOfOneValue(task, no);
  for (const shown of distinct) {
    let countYes = 0;
    let countNo = 0;
    for (const i of shown) {
      const count = (task.members[i] as readonly number[]).length;
      if (truths[i] === 1) countYes += count;
      else countNo += count;
    }
    if (countYes > mostYes) mostYes = countYes;
    if (countNo > mostNo) mostNo = countNo;
  }
  return allIfLeaf(task, yes, mostYes) + allIfLeaf(task, no, mostNo);
}

function mostOfOneValue(task: Task, at: readonly number[]): number {
  const counts = new Map<Value, number>();
  let most = 0;
  for (const i of at) {
    const value = task.examples[i]?.value ?? null;
    const count = (counts.get(value) ?? 0) + (task.members[i] as readonly number[]).length;
    counts.set(value, count);
    if (count > most) most = count;
  }
  return most;
}

function allIfLeaf(task: Task, at: readonly number[], most: number): number {
  const all = weight(task, at);
  return most < all && leaf(task, at) ? all : most;
}

interface Split {
  readonly test: number;
  readonly yes: readonly number[];
  readonly no: readonly number[];
}

function splits(task: Task, at: readonly number[]): readonly Split[] {
  const all = task.truths.map((truths, test): Split => ({
    test,
    yes: at.filter((i) => truths[i] === 1),
    no: at.filter((i) => truths[i] === 0),
  }));
  const useful = all.filter((split) => split.yes.length > 0 && split.no.length > 0);
  const distinct = distinctHits(task, at);
  return useful
    .map((split) => ({ split, cover: bestCover(task, split, distinct) }))
    .sort((a, b) => b.cover - a.cover || a.split.test - b.split.test)
    .slice(0, 6)
    .map((entry) => entry.split);
}

function branch(test: Expr, yes: Learned, no: Learned): Learned {
  const misses = [...yes.misses, ...no.misses];
  const size = 1 + yes.size + no.size;
  const lit = (expr: Expr): Value | undefined => ('lit' in expr ? expr.lit : undefined);
  if (lit(yes.expr) === true && lit(no.expr) === false) return { expr: test, size, misses };
  if (lit(yes.expr) === false && lit(no.expr) === true) return { expr: { fn: 'not', args: [test] }, size, misses };
  if (lit(no.expr) === false) return { expr: { fn: 'and', args: [test, yes.expr] }, size, misses };
  if (lit(yes.expr) === true) return { expr: { fn: 'or', args: [test, no.expr] }, size, misses };
  return { expr: { fn: 'if', args: [test, yes.expr, no.expr] }, size, misses };
}

interface Search {
  readonly depth: number;
  /** Share of a leaf's examples that it may get wrong. */
  readonly slack: number;
}

/** A condition costs as much as this many examples left unexplained. */
const conditionCost = 2;
const costOf = (learned: Learned): number => learned.size * conditionCost + learned.misses.length;

function noisyLeaf(task: Task, at: readonly number[], slack: number): Learned | null {
  const allowed = Math.floor(slack * weight(task, at));
  if (allowed === 0) return null;
  const common = majority(task, at);
  if (common.misses.length <= allowed) return common;
  let best: Learned | null = null;
  for (const [t, hits] of task.hits.entries()) {
    const misses = at.filter((i) => hits[i] === 0).flatMap((i) => task.members[i] ?? []);
    if (misses.length <= allowed && (!best || misses.length < best.misses.length))
      best = { expr: task.vocabulary.terms[t] as Expr, size: 0, misses };
  }
  return best;
}

function solve(task: Task, at: readonly number[], search: Search): Learned | null {
  const found = leaf(task, at);
  if (found) return { expr: found, size: 0, misses: [] };
  const near = search.slack > 0 ? noisyLeaf(task, at, search.slack) : null;
  if (near) return near;
  if (search.depth === 0) return null;
  const deeper = { ...search, depth: search.depth - 1 };
  let best: Learned | null = null;
  for (const { test, yes, no } of splits(task, at)) {
    const left = solve(task, yes, deeper);
    const right = left && solve(task, no, deeper);
    if (!left || !right) continue;
    const made = branch(task.vocabulary.tests[test] as Expr, left, right);
    if (!best || costOf(made) < costOf(best)) best = made;
    if (costOf(best) === conditionCost) break;
  }
  return best;
}

/** More values than this are no choice between a few things that conditions decide. */
const mostChoices = 4;

/** Most conditions in a list of them. */
const longestList = 6;

/**
 * A list of conditions, each with what holds where it is the first to be true (Rivest 1987): what many independent conditions decide
 * together. Null where some examples are left.
 */
function decisionList(task: Task, at: readonly number[], slack: number): Learned | null {
  const steps: { readonly test: Expr; readonly then: Learned }[] = [];
  let rest = at;
  for (let n = 0; n <= longestList; n++) {
    const end = leaf(task, rest) ?? null;
    const last = end ? { expr: end, size: 0, misses: [] } : n > 0 && slack > 0 ? noisyLeaf(task, rest, slack) : null;
    if (last) return steps.length === 0 ? null : steps.reduceRight((otherwise, { test, then }) => branch(test, then, otherwise), last);
    const best = n < longestList ? purest(task, rest) : null;
    if (!best) return null;
    steps.push({ test: best.test, then: best.then });
    const taken = new Set(best.at);
    rest = rest.filter((i) => !taken.has(i));
  }
  return null;
}

/** The condition, or its opposite, that settles most of the examples. */
function purest(task: Task, at: readonly number[]): { readonly test: Expr; readonly then: Learned; readonly at: readonly number[] } | null {
  let best: { readonly test: Expr; readonly then: Learned; readonly at: readonly number[] } | null = null;
  for (const [t, truths] of task.truths.entries()) {
    for (const side of [1, 0]) {
      const mine = at.filter((i) => truths[i] === side);
      if (mine.length === 0 || mine.length === at.length || (best && weight(task, mine) <= weight(task, best.at))) continue;
      const expr = leaf(task, mine);
      if (!expr) continue;
      const test = task.vocabulary.tests[t] as Expr;
      best = { test: side === 1 ? test : { fn: 'not', args: [test] }, then: { expr, size: 0, misses: [] }, at: mine };
    }
  }
  return best;
}

/** The value that most examples share, with the others as misses. */
function majority(task: Task, at: readonly number[]): Learned {
  const counts = new Map<Value, number>();
  const valueOf = (i: number): Value => task.examples[i]?.value ?? null;
  for (const i of at) counts.set(valueOf(i), (counts.get(valueOf(i)) ?? 0) + (task.members[i]?.length ?? 0));
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  const value = top ? top[0] : null;
  const misses = at.filter((i) => !same(valueOf(i), value)).flatMap((i) => task.members[i] ?? []);
  return { expr: { lit: value }, size: 0, misses };
}

/** Digits in a text may be parts that other terms show, so such examples stay apart. */
const isWhole = (value: Value): boolean => typeof value !== 'string' || !/\d/.test(value);

function prepare(examples: readonly Example[], vocabulary: Vocabulary): Task {
  const scopesFor = (expr: Expr): ((example: Example) => Scope) => {
    const isOfRow = JSON.stringify(expr).includes(`"of":"${candidate}"`);
    return ({ scope, base }) => (isOfRow ? scope : (base ?? scope));
  };
  const values = vocabulary.terms.map((term) => {
    const scopeOf = scopesFor(term);
    return examples.map((example) => knownValue(term, scopeOf(example)));
  });
  const hits = values.map((column) => Uint8Array.from(column, (value, i) => (shows(examples[i]?.value ?? null, value) ? 1 : 0)));
  const truths = vocabulary.tests.map((test) => {
    const scopeOf = scopesFor(test);
    return Uint8Array.from(examples, (example) => (toBoolean(knownValue(test, scopeOf(example))) ? 1 : 0));
  });
  const kinds = new Map<string, number[]>();
  for (const [i, example] of examples.entries()) {
    const marks = `${hits.map((column) => column[i]).join('')}|${truths.map((column) => column[i]).join('')}`;
    const name = isWhole(example.value) ? `${marks}|${JSON.stringify(example.value)}` : `${i}`;
    const kind = kinds.get(name);
    if (kind) kind.push(i);
    else kinds.set(name, [i]);
  }
  const members = [...kinds.values()];
  const pick = (column: Uint8Array): Uint8Array => Uint8Array.from(members, (kind) => column[kind[0] as number] as number);
  const split: (readonly string[])[] = [];
  return {
    examples: members.map((kind) => examples[kind[0] as number] as Example),
    members,
    vocabulary,
    pieces: (i) => (split[i] ??= piecesOf(examples[(members[i] as readonly number[])[0] as number]?.value ?? null)),
    values: values.map((column) => members.map((kind) => column[kind[0] as number] ?? null)),
    hits: hits.map(pick),
    truths: truths.map(pick),
  };
}

/**
 * The smallest expression over the vocabulary that gives every example its value: terms joined by a decision tree
 * (after EUSolver, Alur et al. 2017). Null where none of the allowed size does, even with the allowed slack.
 */
export function learnExpr(examples: readonly Example[], vocabulary: Vocabulary): Learned | null {
  const task = prepare(examples, vocabulary);
  const at = task.examples.map((_, i) => i);
  const found: Learned[] = [];
  for (const slack of vocabulary.slack > 0 ? [0, vocabulary.slack] : [0]) {
    for (let depth = 0; depth <= vocabulary.depth; depth++) {
      const learned = solve(task, at, { depth, slack });
      if (learned) found.push(learned);
      if (learned) break;
    }
  }
  const isChoice = new Set(examples.map(({ value }) => value)).size <= mostChoices;
  if (found.length === 0 && vocabulary.depth > 1 && isChoice)
    found.push(...[0, vocabulary.slack].flatMap((slack) => decisionList(task, at, slack) ?? []).slice(0, 1));
  return found.sort((a, b) => costOf(a) - costOf(b))[0] ?? null;
}
