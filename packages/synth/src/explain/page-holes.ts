import type { Expr } from '@backlot/protocol';
import type { Belief } from '../state/belief.ts';
import { scopeOf } from '../state/belief.ts';
import type { TableModel } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';
import type { Example, Learned, Vocabulary } from './learn-expr.ts';
import { learnExpr } from './learn-expr.ts';
import type { Touched } from './touched.ts';
import { isHeld } from './touched.ts';
import type { Visibility } from './visible.ts';
import { addressTests, countTerms, countTests, rowTerms, rowTests } from './vocabulary.ts';

/** What explaining works from. */
export interface ExplainInputs {
  readonly tables: readonly TableModel[];
  readonly belief: (view: View) => Belief | undefined;
  readonly touched: readonly Touched[];
  readonly visible: Visibility;
  /** Registers that may be named in conditions. */
  readonly registers: readonly Expr[];
}

/** Share of occasions that a page-level expression may get wrong: recorders catch pages in the middle of a change. */
const slack = 0.03;

function examplesOf(hole: Hole, inputs: ExplainInputs, keep: (instance: Instance) => boolean = () => true): readonly Example[] {
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

/** Explains a hole of a whole page by counts, address and registers. */
export function explainPageHole(hole: Hole, inputs: ExplainInputs): Learned | null {
  const examples = examplesOf(hole, inputs);
  if (examples.length === 0)
    return { expr: { lit: typeof hole.values.values().next().value === 'boolean' ? false : '' }, size: 0, misses: [] };
  const isHere = (table: TableModel): boolean => table.page.holes.includes(hole);
  const here = inputs.tables.filter(isHere);
  const elsewhere = inputs.tables.filter((table) => !isHere(table));
  const vocabulary: Vocabulary = {
    terms: [
      ...here.flatMap(countTerms),
      ...elsewhere.flatMap((table) => countTerms(table).slice(0, 1)),
      { loc: 'hash' },
      { loc: 'search' },
      { loc: 'path' },
      ...inputs.registers,
    ],
    tests: [...inputs.registers, ...addressTests(urlsOf(hole)), ...here.flatMap(countTests)],
    depth: 2,
    slack,
  };
  return learnExpr(examples, vocabulary) ?? learnVisible(hole, inputs, vocabulary);
}

/** What cannot be seen need not be explained: tries again with the occasions on which the hole was in sight. */
function learnVisible(hole: Hole, inputs: ExplainInputs, vocabulary: Vocabulary): Learned | null {
  const examples = examplesOf(hole, inputs, (instance) => inputs.visible(hole, instance));
  return examples.length > 0 && examples.length < hole.values.size ? learnExpr(examples, vocabulary) : null;
}

/** Explains a hole of a list's items by the record, the address and registers. */
export function explainRowHole(table: TableModel, hole: Hole, inputs: ExplainInputs): Learned | null {
  const examples = examplesOf(hole, inputs);
  const vocabulary: Vocabulary = {
    terms: rowTerms(table),
    tests: [...rowTests(table), ...addressTests(urlsOf(hole)), ...inputs.registers],
    depth: 3,
    slack,
  };
  return learnExpr(examples, vocabulary) ?? learnVisible(hole, inputs, vocabulary);
}

/** Which records a list shows: true for those in sight, over all views of its page. */
export function explainList(table: TableModel, inputs: ExplainInputs): Learned | null {
  if (table.recalled) return null;
  const examples: Example[] = [];
  for (const view of table.page.views) {
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
  const vocabulary: Vocabulary = {
    terms: [],
    tests: [...rowTests(table), ...addressTests(table.page.views.map((view) => view.url)), ...inputs.registers],
    depth: 3,
    slack,
  };
  return learnExpr(examples, vocabulary);
}
