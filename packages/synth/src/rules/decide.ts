import type { Effect, Expr, Value } from '@backlot/protocol';
import { learnExpr } from '../explain/learn-expr.ts';
import { addressTests, countTests, rowTests } from '../explain/vocabulary.ts';
import { rowName } from '../state/belief.ts';
import type { TableModel } from '../state/tables.ts';
import type { Occasion } from './candidates.ts';
import { inputTerms } from './candidates.ts';
import type { Program } from './programs.ts';
import { explains, learnProgram } from './programs.ts';

/** One outcome of an action: what it does, when, and on what evidence. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly when?: Expr;
  readonly explained: readonly Occasion[];
}

/** All outcomes of one action, first match wins, and the occasions that none explains. */
export interface Decision {
  readonly outcomes: readonly Outcome[];
  readonly unexplained: readonly Occasion[];
}

function bySignature(occasions: readonly Occasion[]): readonly { signature: readonly string[]; occasions: readonly Occasion[] }[] {
  const groups = new Map<string, { signature: readonly string[]; occasions: Occasion[] }>();
  for (const occasion of occasions) {
    const { signature } = occasion.changes;
    const group = groups.get(signature.join(' ')) ?? { signature, occasions: [] };
    group.occasions.push(occasion);
    groups.set(signature.join(' '), group);
  }
  return [...groups.values()].sort((a, b) => b.occasions.length - a.occasions.length || b.signature.length - a.signature.length);
}

/** Programs of all kinds of change; those that explain another kind's occasions as well swallow it. */
function programsOf(occasions: readonly Occasion[], tables: readonly TableModel[]): readonly Program[] {
  const kinds = bySignature(occasions)
    .map((kind) => learnProgram(kind.signature, tables, kind.occasions))
    .filter((program) => program !== null && program.explained.length > 0) as Program[];
  const wide = kinds.map((program): Program => ({ ...program, explained: occasions.filter((o) => explains(program.effects, o, tables)) }));
  const order = wide.toSorted((a, b) => b.explained.length - a.explained.length || a.effects.length - b.effects.length);
  const taken = new Set<Occasion>();
  const chosen: Program[] = [];
  for (const program of order) {
    const own = program.explained.filter((occasion) => !taken.has(occasion));
    if (own.length === 0) continue;
    for (const occasion of own) taken.add(occasion);
    chosen.push({ ...program, explained: own });
  }
  return chosen;
}

/** Equality with the values of an argument that takes few. */
function argumentTests(occasions: readonly Occasion[]): readonly Expr[] {
  const values = new Map<string, Set<Value>>();
  for (const { scope } of occasions) {
    for (const [name, value] of Object.entries(scope.args)) values.set(name, (values.get(name) ?? new Set<Value>()).add(value));
  }
  return [...values]
    .filter(([name, seen]) => name !== 'checked' && seen.size > 1 && seen.size <= maxArgumentValues)
    .flatMap(([name, seen]) => [...seen].map((value): Expr => ({ fn: 'eq', args: [{ arg: name }, { lit: value }] })));
}

const maxArgumentValues = 6;

/** Conditions that may tell one outcome from another. */
function guardTests(occasions: readonly Occasion[], tables: readonly TableModel[]): readonly Expr[] {
  const inputs = inputTerms(occasions);
  const blank = inputs.filter((term) => !('fn' in term)).map((term): Expr => ({ fn: 'isBlank', args: [term] }));
  const rows = tables.filter((table) => occasions.every(({ scope }) => rowName(table) in scope.rows));
  const unchanged = rows.flatMap((table) =>
    table.columns
      .filter((column) => column.type === 'text')
      .flatMap((column) => inputs.map((term): Expr => ({ fn: 'eq', args: [term, { col: column.name, of: rowName(table) }] }))),
  );
  const registers = [...new Set(occasions.flatMap(({ scope }) => Object.keys(scope.state.registers)))].sort();
  return [
    ...blank,
    ...argumentTests(occasions),
    ...(inputs.some((term) => 'arg' in term && term.arg === 'checked') ? [{ arg: 'checked' }] : []),
    ...rows.flatMap(rowTests),
    ...tables.flatMap(countTests),
    ...registers.map((name): Expr => ({ reg: name })),
    ...addressTests(occasions.map(({ of }) => of.before.view.url)),
    ...unchanged,
  ];
}

function guardFor(program: Program, others: readonly Occasion[], tables: readonly TableModel[]): Expr | null {
  const all = [...program.explained, ...others];
  const examples = all.map((occasion, i) => ({ scope: occasion.scope, value: i < program.explained.length }));
  const learned = learnExpr(examples, { terms: [], tests: guardTests(all, tables), depth: 2, slack: 0 });
  return learned && learned.size <= Math.max(1, program.explained.length) ? learned.expr : null;
}

/** Finds the outcomes of one action and what decides between them. */
export function decide(occasions: readonly Occasion[], tables: readonly TableModel[]): Decision {
  const programs = programsOf(occasions, tables);
  const [main, ...rest] = programs;
  if (!main) return { outcomes: [], unexplained: occasions };
  const outcomes: Outcome[] = [];
  const lost: Occasion[] = [];
  const later = rest.toReversed();
  for (const [i, program] of later.entries()) {
    const others = [...main.explained, ...later.slice(i + 1).flatMap((other) => other.explained)];
    const when = guardFor(program, others, tables);
    if (when) outcomes.push({ effects: program.effects, when, explained: program.explained });
    else lost.push(...program.explained);
  }
  outcomes.push({ effects: main.effects, explained: main.explained });
  const explained = new Set(outcomes.flatMap((outcome) => outcome.explained));
  return { outcomes, unexplained: occasions.filter((occasion) => !explained.has(occasion)) };
}
