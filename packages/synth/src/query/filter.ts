import type { Expr } from '@backlot/protocol';
import { call } from '../call.ts';
import type { Bits } from './bits.ts';
import { allBits } from './bits.ts';
import type { Condition } from './condition.ts';
import type { ConditionSearch, PricedCondition } from './best-condition.ts';
import { bestCondition } from './best-condition.ts';
import type { RowFacts } from './row-facts.ts';
import type { Match } from './match.ts';
import { matchesFor, matchExpr, matchKinds, matchOn, matchPairs, matchWords } from './match.ts';
import type { Argument, Source } from './source.ts';
import type { Task, Window } from './task.ts';
import { bitPrice, lossOf } from './task.ts';

/** A hypothesis about the rows shown while a source is active. */
interface Hypothesis {
  readonly words: string;
  readonly bits: number;
  readonly expr: Expr;
  readonly pairs: Bits;
  readonly match?: Match;
}

interface Case {
  readonly value: Argument;
  readonly condition: Condition;
}

/** What one source asks of rows: by value, else by one hypothesis; and while it is inactive. */
export interface Filter {
  readonly source: Source;
  readonly cases: readonly Case[];
  readonly inactive: Condition;
  readonly otherwise: Hypothesis;
  readonly pairs: Bits;
  /** Price of its description, and with it of what it leaves unexplained. */
  readonly price: number;
  readonly cost: number;
  /** Hypotheses that explain as much in as few words, in words. */
  readonly rivals: readonly string[];
}

/** All that one source may mean, prepared once. */
export interface Options {
  readonly source: Source;
  readonly conditions: readonly Condition[];
  readonly hypotheses: readonly Hypothesis[];
  /** Matches on several columns that were tried, by kind and columns. */
  readonly wide: Map<string, Hypothesis>;
}

/** Most values of a source that may each have a meaning of their own, and most columns that are searched together. */
const mostCases = 24;
const mostTogether = 5;
/** Most values of a source whose meanings may each be two conditions joined. */
const mostJoining = 4;
/** Seen active on so few occasions, a source is tested on them all before a hypothesis about it is dropped. */
const sample = 60;

function shownShare(task: Task, source: Source, match: Match): number {
  const step = Math.max(1, Math.floor(source.activeAt.length / sample));
  let [hits, all] = [0, 0];
  for (let k = 0; k < source.activeAt.length; k += step) {
    const i = source.activeAt[k] as number;
    const argument = source.values[source.valueAt[i] as number] as Argument;
    for (const place of task.shownAt[i] as Int32Array) {
      all++;
      const facts = task.facts[(task.rowsOf[i] as Int32Array)[place] as number];
      if (facts && match.kind.test(facts, match.columns, argument)) hits++;
    }
  }
  return all === 0 ? 1 : hits / all;
}

function asHypothesis(task: Task, source: Source, match: Match): Hypothesis {
  return {
    words: matchWords(task, source, match),
    bits: match.bits,
    expr: matchExpr(task, source, match),
    pairs: matchPairs(task, source, match),
    match,
  };
}

function wideHypothesis(task: Task, { source, wide }: Options, match: Match): Hypothesis {
  const name = `${match.kind.name} ${match.columns.join()}`;
  const made = wide.get(name) ?? asHypothesis(task, source, match);
  wide.set(name, made);
  return made;
}

/** Everything worth trying for a source: matches that some of the rows shown answer to, and plain conditions. */
export function optionsFor(task: Task, source: Source, conditions: readonly Condition[]): Options {
  const likely = matchesFor(task, source).filter((match) => shownShare(task, source, match) > 0.02);
  return { source, conditions, hypotheses: [...likely.map((match) => asHypothesis(task, source, match)), ...conditions], wide: new Map() };
}

/** Naming a value takes the more the more there are; less where its condition says the same word. */
const literalBits = (source: Source, value: Argument, condition: Condition): number =>
  condition.words.toLowerCase().includes(value.lower) && value.lower.length > 1 ? 2 : 7 + Math.log2(source.values.length);

interface Choice {
  readonly otherwise: Hypothesis;
  readonly cost: number;
  readonly loss: number;
  readonly cases: readonly Case[];
}

interface Group {
  readonly value: Argument;
  readonly own: PricedCondition | null;
}

function choose(task: Task, otherwise: Hypothesis, { options: { source }, groups, window }: ChoiceInputs): Choice {
  const cases: Case[] = [];
  let [loss, covered] = [0, 0];
  let cost = 0;
  for (const { value, own } of groups) {
    const plain = lossOf(task, value.at, { ...window, chosen: otherwise.pairs });
    if (own && own.cost < plain) {
      cost += own.cost;
      cases.push({ value, condition: own.best });
    } else {
      loss += plain;
      covered++;
    }
  }
  const price = covered === 0 ? 1 : bitPrice(task, source.activeAt);
  return { otherwise, cases, loss, cost: cost + loss + price * otherwise.bits };
}

interface ChoiceInputs {
  readonly options: Options;
  readonly groups: readonly Group[];
  readonly window: Window;
}

/** Adds columns to a match on one while that explains more. */
function widen(task: Task, start: Choice, inputs: ChoiceInputs): Choice {
  let best = start;
  const searchable = task.columns.flatMap(({ type }, column) => (type === 'boolean' ? [] : [column]));
  for (let size = 2; size <= mostTogether; size++) {
    const match = best.otherwise.match;
    if (!match || match.kind.of !== 'group' || best.loss === 0) return best;
    const wider = searchable
      .filter((column) => !match.columns.includes(column))
      .map((column) => choose(task, wideHypothesis(task, inputs.options, matchOn(task, match.kind, [...match.columns, column])), inputs))
      .sort((a, b) => a.cost - b.cost)[0];
    if (!wider || wider.cost >= best.cost) return best;
    best = wider;
  }
  return best;
}

/** Fewer rows than this that answer in a column may do so by chance. */
const fewAnswers = 2;

/** All that was ever believed of each row, by its id. */
function versions(task: Task): ReadonlyMap<string, readonly RowFacts[]> {
  const known = new Map<string, RowFacts[]>();
  for (const facts of task.facts) {
    const mine = known.get(facts.row.id);
    if (mine) mine.push(facts);
    else known.set(facts.row.id, [facts]);
  }
  return known;
}

interface Search {
  readonly source: Source;
  readonly match: Match;
  readonly rows: ReadonlyMap<string, readonly RowFacts[]>;
}

/**
 * How many different rows shown answered to different values in a column, at any time: a page that marks what was found may garble
 * it.
 */
function answersIn(task: Task, { source, match: { kind }, rows }: Search, column: number): number {
  const answers = new Set<string>();
  for (const i of source.activeAt) {
    const v = source.valueAt[i] as number;
    for (const place of task.shownAt[i] as Int32Array) {
      const { id } = (task.facts[(task.rowsOf[i] as Int32Array)[place] as number] as RowFacts).row;
      const known = rows.get(id) ?? [];
      if (known.some((facts) => kind.test(facts, [column], source.values[v] as Argument))) answers.add(`${v} ${id}`);
      if (answers.size >= fewAnswers) return answers.size;
    }
  }
  return answers.size;
}

/** Leaves out columns in which next to nothing that was shown answered, unless that explains less: they are not searched. */
function narrow(task: Task, start: Choice, inputs: ChoiceInputs): Choice {
  let best = start;
  const { match } = start.otherwise;
  if (!match || match.columns.length < 2) return best;
  const search: Search = { source: inputs.options.source, match, rows: versions(task) };
  for (const column of match.columns) {
    const left = best.otherwise.match?.columns.filter((other) => other !== column) ?? [];
    if (left.length === 0 || answersIn(task, search, column) >= fewAnswers) continue;
    const hypothesis = wideHypothesis(task, inputs.options, { kind: match.kind, columns: left, bits: start.otherwise.bits });
    const without = choose(task, { ...hypothesis, bits: start.otherwise.bits }, inputs);
    if (without.cost <= best.cost) best = without;
  }
  return best;
}

function bestChoice(task: Task, hypotheses: readonly Hypothesis[], inputs: ChoiceInputs): { best: Choice; rivals: readonly string[] } {
  const ranked = hypotheses.map((hypothesis) => choose(task, hypothesis, inputs)).sort((a, b) => a.cost - b.cost);
  const starts = matchKinds.flatMap(
    (kind) => ranked.find(({ otherwise }) => otherwise.match?.kind === kind && otherwise.match.columns.length === 1) ?? [],
  );
  const wide = starts.filter((start) => start.otherwise.match?.kind.of === 'group').map((start) => widen(task, start, inputs));
  const all = [...ranked, ...wide].sort((a, b) => a.cost - b.cost);
  const top = all[0] as Choice;
  const best = narrow(task, top, inputs);
  const margin = 2.5 * bitPrice(task, inputs.options.source.activeAt);
  const close = all.filter((choice) => choice !== top && Math.abs(choice.loss - best.loss) < 1e-6 && choice.cost - best.cost < margin);
  const rivals = best.otherwise.bits === 0 ? [] : close.map(({ otherwise }) => otherwise.words);
  return { best, rivals: [...new Set(rivals)].filter((words) => words !== best.otherwise.words) };
}

/** Copies the pairs of some occasions from one set into another. */
function copyPairs(task: Task, at: readonly number[], { from, to }: { readonly from: Bits; readonly to: Bits }): void {
  for (const i of at) {
    const [begin, end] = [task.start[i] as number, task.start[i + 1] as number];
    to.set(from.subarray(begin, end), begin);
  }
}

/** The cheapest filter for a source, given what other filters let through; in haste no two conditions are joined. */
export function learnFilter(task: Task, options: Options, window: Window & { readonly haste?: boolean }): Filter {
  const { source } = options;
  const inactive = bestCondition(task, source.inactiveAt, {
    conditions: options.conditions,
    window,
    extra: () => (source.kind === 'none' ? 0 : 2),
    joins: source.kind === 'none' && !window.haste,
  });
  const groups = source.values.map((value, v): Group => {
    if (v >= mostCases || (value.at.length < 2 && source.values.length > mostCases)) return { value, own: null };
    const search: ConditionSearch = {
      conditions: options.conditions,
      window,
      extra: (condition) => literalBits(source, value, condition),
      joins: source.values.length <= mostJoining && !window.haste,
    };
    const own = bestCondition(task, value.at, search);
    const named = own.best.bits === 0 ? literalBits(source, value, own.best) * bitPrice(task, value.at) : 0;
    return { value, own: { best: own.best, cost: own.cost + named } };
  });
  const { best, rivals } = bestChoice(task, options.hypotheses, { options, groups, window });
  const pairs = allBits(task.words);
  copyPairs(task, source.inactiveAt, { from: inactive.best.pairs, to: pairs });
  copyPairs(task, source.activeAt, { from: best.otherwise.pairs, to: pairs });
  for (const { value, condition } of best.cases) copyPairs(task, value.at, { from: condition.pairs, to: pairs });
  const cost = inactive.cost + best.cost;
  const all = task.occasions.map((_, i) => i);
  const left = lossOf(task, all, { ...window, chosen: pairs });
  return { source, cases: best.cases, inactive: inactive.best, otherwise: best.otherwise, pairs, price: cost - left, cost, rivals };
}

/** True of a filter that lets every row through. */
export function isIdle({ cases, inactive, otherwise }: Filter): boolean {
  return [inactive, otherwise, ...cases.map(({ condition }) => condition)].every(({ bits }) => bits === 0);
}

function negated(expr: Expr): Expr {
  return 'fn' in expr && expr.fn === 'not' && expr.args[0] ? expr.args[0] : call('not', expr);
}

const isLit = (expr: Expr, value: boolean): boolean => 'lit' in expr && expr.lit === value;

function decide(test: Expr, yes: Expr, no: Expr): Expr {
  if (JSON.stringify(yes) === JSON.stringify(no)) return yes;
  if (isLit(yes, true)) return isLit(no, false) ? test : call('or', test, no);
  if (isLit(no, true)) return call('or', negated(test), yes);
  if (isLit(no, false)) return call('and', test, yes);
  return call('if', test, yes, no);
}

/** The filter as a condition on the row bound to the query's name. */
export function filterExpr({ source, cases, inactive, otherwise }: Filter): Expr {
  if (source.kind === 'none') return inactive.expr;
  const rest = decide(source.inactive, inactive.expr, otherwise.expr);
  return cases.reduceRight((no, { value, condition }) => decide(call('eq', source.raw, { lit: value.literal }), condition.expr, no), rest);
}
