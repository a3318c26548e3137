import type { Expr, Value } from '@backlot/protocol';
import { toBoolean } from '@backlot/world';
import { derive } from '../derive/derive.ts';
import type { PageModel } from '../pages/page-model.ts';
import type { Belief } from '../state/belief.ts';
import { scopeOf } from '../state/belief.ts';
import type { TableModel } from '../state/tables.ts';
import { mainList } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';
import { asAskedMore } from './asked-more.ts';
import { isRemembered } from './by-spot.ts';
import { asChangedAddress } from './changed-address.ts';
import { knownValue } from './known-values.ts';
import type { Example, Learned, Vocabulary } from './learn-expr.ts';
import { learnExpr } from './learn-expr.ts';
import type { ListQuery } from './list-queries.ts';
import { asEitherAddress, asOwnAddress, saidByAddress } from './own-address.ts';
import { learnPieces } from './pieces.ts';
import type { PageVocabulary } from './page-vocabulary.ts';
import { pageVocabulary } from './page-vocabulary.ts';
import type { Touched } from './touched.ts';
import { isHeld } from './touched.ts';
import { tellsUnusual } from './unusual.ts';
import type { Visibility } from './visible.ts';
import { addressTests, rowTerms, rowTests } from './vocabulary.ts';

/** What explaining works from. */
export interface ExplainInputs {
  readonly tables: readonly TableModel[];
  readonly belief: (view: View) => Belief | undefined;
  readonly touched: readonly Touched[];
  readonly visible: Visibility;
  /** Registers that may be named in conditions. */
  readonly registers: readonly Expr[];
  /** What is known of the lists so far. */
  readonly queries: readonly ListQuery[];
  /** True once all registers are known: what mostly holds is then all that can be said. */
  readonly isLast?: boolean;
}

/** Share of occasions that a page-level expression may get wrong: recorders catch pages in the middle of a change. */
const slack = 0.01;
/** Scripts write into fields as users do, and a page shows now and then what only its request knew. */
const liveSlack = 0.06;

/** What a hole showed, and what could be known then, without what the user had put there. */
export function examplesOf(hole: Hole, inputs: ExplainInputs, keep: (instance: Instance) => boolean = () => true): readonly Example[] {
  const examples: Example[] = [];
  for (const [instance, value] of hole.values) {
    const belief = inputs.belief(instance.view);
    const touched = inputs.touched[instance.view.session];
    if (!belief || (touched && isHeld(hole, instance, touched)) || !keep(instance)) continue;
    examples.push({ scope: scopeOf(belief, instance), value });
  }
  return examples;
}

function urlsOf(hole: Hole): readonly string[] {
  return [...hole.values.keys()].map((instance) => instance.view.url);
}

const vocabularies = new WeakMap<ExplainInputs, Map<PageModel, PageVocabulary>>();

function vocabularyOf(page: PageModel, inputs: ExplainInputs): PageVocabulary {
  const known = vocabularies.get(inputs) ?? new Map<PageModel, PageVocabulary>();
  vocabularies.set(inputs, known);
  let vocabulary = known.get(page);
  if (!vocabulary) {
    vocabulary = pageVocabulary(page, inputs);
    known.set(page, vocabulary);
  }
  return vocabulary;
}

/** Explains a hole of a whole page by what the page is about: its lists, its record, its address, registers. */
export function explainPageHole(page: PageModel, hole: Hole, inputs: ExplainInputs): Learned | null {
  const examples = examplesOf(hole, inputs);
  if (examples.length === 0)
    return { expr: { lit: typeof hole.values.values().next().value === 'boolean' ? false : '' }, size: 0, misses: [] };
  const vocabulary = { ...vocabularyOf(page, inputs), depth: 2, slack: hole.live ? liveSlack : slack };
  const own =
    asOwnAddress(hole, examples, vocabulary) ??
    asEitherAddress(hole, examples, vocabulary) ??
    asChangedAddress(hole, examples, vocabulary.terms);
  if (own) return own;
  const told = tellsUnusual(learnExpr(examples, vocabulary), examples);
  const learned = isSimple(told) ? told : (asAskedMore(examples) ?? told);
  const exact =
    (!learned || isRemembered(learned.expr) ? fromAddress(examples, vocabulary) : null) ??
    learned ??
    learnVisible(hole, inputs, vocabulary);
  return exact ?? (inputs.isLast ? nearly({ hole, examples, vocabulary }) : null);
}

/** True where one condition at most was needed, of what the page itself tells. */
const isSimple = (learned: Learned | null): boolean =>
  learned !== null && learned.size <= 1 && !isRemembered(learned.expr) && !isSwitch(learned.expr);

/** True for what a register says, or its opposite. */
const isSwitch = (expr: Expr): boolean => 'reg' in expr || ('fn' in expr && expr.fn === 'not' && 'reg' in (expr.args[0] as Expr));

/** A text that is made of what the address says rather than one of those seen at such addresses. */
function fromAddress(examples: readonly Example[], { terms }: Vocabulary): Learned | null {
  const inputs = saidByAddress(terms);
  if (inputs.length === 0) return null;
  const found = derive(
    inputs,
    examples.map(({ scope, value }) => ({ inputs: inputs.map((term): Value => knownValue(term, scope)), output: value })),
    { constantsAllowed: false },
  );
  return found && found.misses.length === 0 && !isRemembered(found.expr) ? { expr: found.expr, size: 1, misses: [] } : null;
}

interface Told {
  readonly hole: Hole;
  readonly examples: readonly Example[];
  readonly vocabulary: Vocabulary;
}

/** What holds piece by piece, or for the most part. */
function nearly({ hole, examples, vocabulary }: Told): Learned | null {
  return (
    learnPieces(examples, vocabulary) ??
    tellsUnusual(derived(examples, vocabulary.terms), examples) ??
    tellsUnusual(counted(examples, vocabulary.terms), examples) ??
    (changesInLoad(hole) ? null : roughly(examples, vocabulary))
  );
}

/** Share of occasions on which a condition may be off. */
const roughSlack = 0.06;

/** Conditions that mostly hold. */
function roughly(examples: readonly Example[], vocabulary: Vocabulary): Learned | null {
  if (typeof examples[0]?.value !== 'boolean') return null;
  const learned = tellsUnusual(learnExpr(examples, { ...vocabulary, slack: roughSlack }), examples);
  return learned && 'lit' in learned.expr ? null : learned;
}

/** Share of occasions on which a count may be off: what is out of sight is not always known. */
const unsure = 0.15;

/** Numbers that mostly are the count of something, though not all of it was seen every time. */
function counted(examples: readonly Example[], terms: readonly Expr[]): Learned | null {
  if (new Set(examples.map(({ value }) => value)).size < 3) return null;
  const counts = terms.filter((term) => 'count' in term || 'sum' in term || 'fn' in term);
  return learnExpr(examples, { terms: counts, tests: [], depth: 0, slack: unsure });
}

/** Texts that are made of what the page knows: amounts, formats, excerpts. */
function derived(examples: readonly Example[], terms: readonly Expr[], mayMiss = liveSlack): Learned | null {
  if (new Set(examples.map(({ value }) => value)).size < 3 || typeof examples[0]?.value === 'boolean') return null;
  const inputs = terms.slice(0, mostInputs);
  const found = derive(
    inputs,
    examples.map(({ scope, value }) => ({ inputs: inputs.map((term): Value => knownValue(term, scope)), output: value })),
    { slack: mayMiss, constantsAllowed: false },
  );
  return found && { expr: found.expr, size: 1, misses: found.misses };
}

/** Share of occasions on which a condition must hold for what then is shown to be worth saying. */
const main = 0.5;
const mostConditions = 12;

/** What a hole shows as long as a condition holds, where nothing says what it always shows: a total until there is more to pay. */
export function explainInPart(page: PageModel, hole: Hole, inputs: ExplainInputs): { readonly test: Expr; readonly expr: Expr } | null {
  const examples = examplesOf(hole, inputs);
  const isNumber = examples.every(({ value }) => typeof value === 'string' && /\d/.test(value));
  if (hole.live || !isNumber || new Set(examples.map(({ value }) => value)).size < 3) return null;
  const { terms, tests } = vocabularyOf(page, inputs);
  const parts = tests
    .flatMap((test) => [test, { fn: 'not', args: [test] } as Expr])
    .map((test) => ({ test, held: examples.filter(({ scope }) => toBoolean(knownValue(test, scope))) }))
    .filter(({ held }) => held.length < examples.length && held.length >= main * examples.length)
    .toSorted((a, b) => b.held.length - a.held.length)
    .filter(({ held }, i, all) => all.findIndex((other) => isSame(other.held, held)) === i);
  for (const { test, held } of parts.slice(0, mostConditions)) {
    const found = derived(held, terms, unsure);
    if (found) return { test, expr: found.expr };
  }
  return null;
}

const isSame = (a: readonly Example[], b: readonly Example[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

/** More inputs make a derivation slow and arbitrary. */
const mostInputs = 40;

/** What cannot be seen need not be explained: tries again with the occasions on which the hole was in sight. */
function learnVisible(hole: Hole, inputs: ExplainInputs, vocabulary: Vocabulary): Learned | null {
  const examples = examplesOf(hole, inputs, (instance) => inputs.visible(hole, instance));
  const isLess = examples.length > 0 && examples.length < hole.values.size;
  return isLess ? tellsUnusual(learnExpr(examples, vocabulary), examples) : null;
}

/** Explains a hole of a list's items by the record, the address and registers. */
export function explainRowHole(table: TableModel, hole: Hole, inputs: ExplainInputs): Learned | null {
  const examples = examplesOf(hole, inputs);
  const vocabulary = {
    terms: rowTerms(table),
    tests: [...rowTests(table), ...addressTests(urlsOf(hole)), ...inputs.registers],
    depth: 3,
    slack,
  };
  return asChangedAddress(hole, examples, vocabulary.terms) ?? learnExpr(examples, vocabulary) ?? learnVisible(hole, inputs, vocabulary);
}

/** Which records a list without names shows: true for those in sight, over all views of its page. */
export function explainList(table: TableModel, inputs: ExplainInputs): Learned | null {
  if (table.recalled) return null;
  const { page } = mainList(table);
  const examples: Example[] = [];
  for (const view of page.views) {
    const belief = inputs.belief(view);
    const items = itemsIn(table, view);
    if (!belief || !items) continue;
    const shown = new Set(items.map((item) => Object.values(belief.rowsOf(item))[0]?.id));
    const base = scopeOf(belief, null);
    for (const row of belief.state.tables[table.name] ?? []) {
      const rows = { [`r${table.name}`]: row };
      examples.push({ scope: { ...base, rows, row }, value: shown.has(row.id) });
    }
  }
  if (examples.every((example) => example.value === true)) return { expr: { lit: true }, size: 0, misses: [] };
  const vocabulary = {
    terms: [],
    tests: [...rowTests(table), ...addressTests(page.views.map((view) => view.url)), ...inputs.registers],
    depth: 3,
    slack,
  };
  return learnExpr(examples, vocabulary);
}
