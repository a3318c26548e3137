import type { Effect, Expr } from '@backlot/protocol';
import { evaluate, toBoolean } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import type { LearnedEffects } from './effects.ts';
import { deleteEffects, registerEffects, updateEffects } from './effects.ts';
import { insertEffects } from './inserts.ts';
import { destinationOf } from './destinations.ts';
import { isScripted, leadGroups } from './leads.ts';
import { withSources } from './sources.ts';
import { learnSuggestions } from './suggestions.ts';
import type { Occasion, Terms } from './terms.ts';
import { not, termsOf } from './terms.ts';
import { withUpserts } from './upserts.ts';
import { learnCondition } from './value.ts';

/** One way in which an action ends, when, and on what evidence. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly when?: Expr;
  /** The address that a script leads to. */
  readonly to?: Expr;
  readonly explained: readonly Occasion[];
}

/** What an action does, the ways in which it ends (first match wins), and the occasions that it does not explain. */
export interface Decision {
  readonly effects: readonly Effect[];
  readonly outcomes: readonly Outcome[];
  readonly unexplained: readonly Occasion[];
}

/** Tables and registers by the names that components of a change begin with. */
function learnComponent(component: string, terms: Terms): LearnedEffects {
  const [kind, rest] = [component.slice(0, 3), component.slice(4)];
  if (kind === 'set') return registerEffects(rest, terms);
  const [tableName, columnName] = rest.split('.');
  const table = terms.tables.find((candidate) => candidate.name === tableName) as TableModel;
  if (kind === 'del') return deleteEffects(table, terms);
  if (kind === 'ins') return insertEffects(table, terms);
  const column = table.columns.find((candidate) => candidate.name === columnName);
  return column ? updateEffects(table, column, terms) : { effects: [], misses: [] };
}

/** Updates of the same rows become one effect. */
function joined(effects: readonly Effect[]): readonly Effect[] {
  const out: Effect[] = [];
  for (const effect of effects) {
    const at = 'update' in effect ? out.findIndex((other) => 'update' in other && sameRows(other, effect)) : -1;
    const other = out[at];
    if (other && 'update' in other && 'update' in effect) out[at] = { ...other, set: { ...other.set, ...effect.set } };
    else out.push(effect);
  }
  return out;
}

const sameRows = (a: Extract<Effect, { update: string }>, b: Extract<Effect, { update: string }>): boolean =>
  a.update === b.update && JSON.stringify(a.where) === JSON.stringify(b.where);

/** Occasions by where they led; those on which a script led somewhere, if it can be told where, are of one kind. */
function kindsOf(occasions: readonly Occasion[], to: Expr | null): readonly (readonly Occasion[])[] {
  const led = to ? occasions.filter(isScripted) : [];
  const others = leadGroups(occasions.filter((occasion) => !led.includes(occasion)));
  return [...(led.length > 0 ? [led] : []), ...others.values()].toSorted((a, b) => b.length - a.length);
}

function outcomesOf(terms: Terms, effects: readonly Effect[]): readonly Outcome[] {
  const scripted = terms.occasions.filter(isScripted);
  const to = scripted.length > 0 ? destinationOf(scripted, terms) : null;
  const leadOf = (explained: readonly Occasion[]): Pick<Outcome, 'to'> => (to && explained[0] && isScripted(explained[0]) ? { to } : {});
  const [main = [], ...others] = kindsOf(terms.occasions, to);
  const outcomes: Outcome[] = [];
  let rest = terms.occasions;
  for (const explained of others.toReversed()) {
    const mine = new Set(explained);
    const when = learnCondition(
      rest.map((occasion) => ({ scope: occasion.scope, value: mine.has(occasion) })),
      terms.tests,
    );
    if (!when || 'lit' in when) continue;
    outcomes.push({ effects, when, ...leadOf(explained), explained });
    rest = rest.filter((occasion) => !mine.has(occasion));
  }
  return [...outcomes, { effects, ...leadOf(main), explained: main }];
}

interface Suggested {
  readonly component: string;
  readonly items: Expr;
  readonly learned: LearnedEffects;
}

/** The register that holds what a field suggests, where typing into it shows suggestions. */
function suggestionsIn(components: readonly string[], terms: Terms): Suggested | null {
  if (!terms.occasions.some(({ of }) => of.origin.event === 'input')) return null;
  for (const component of components) {
    if (!component.startsWith('set:')) continue;
    const name = component.slice(4);
    const given = terms.occasions.map(({ scope, changes }) => ({
      scope,
      value: changes.set.has(name) ? (changes.set.get(name) ?? null) : (scope.state.registers[name] ?? null),
    }));
    if (!given.some(({ value }) => typeof value === 'string' && value.startsWith('[['))) continue;
    const found = learnSuggestions(given, terms.tables);
    if (found) return { component, items: found.items, learned: { effects: [{ set: name, to: found.markup }], misses: [] } };
  }
  return null;
}

/** Whether there is anything to suggest decides what else a field shows. */
function withSuggestions(terms: Terms, items: Expr): Terms {
  const count: Expr = { fn: 'len', args: [items] };
  const tests: readonly Expr[] = [
    { fn: 'eq', args: [count, { lit: 0 }] },
    ...[1, 2, 3].map((least): Expr => ({ fn: 'lt', args: [{ fn: 'len', args: [{ arg: 'value' }] }, { lit: least }] })),
  ];
  return { ...terms, inputs: [...terms.inputs, count], tests: [...tests, ...terms.tests] };
}

/** Finds what an action does, part by part of the state. */
function partsOf(terms: Terms): LearnedEffects {
  const { occasions, tables } = terms;
  const components = [
    ...new Set(occasions.flatMap(({ changes }) => changes.signature.flatMap((name) => componentsOf(name, tables)))),
  ].toSorted(byKind);
  const suggested = suggestionsIn(components, terms);
  const informed = suggested ? withSuggestions(terms, suggested.items) : terms;
  const learned = components.map((component) =>
    suggested?.component === component ? suggested.learned : learnComponent(component, informed),
  );
  const effects = withUpserts(withSources(joined(learned.flatMap((part) => part.effects)), tables), tables);
  return { effects, misses: learned.flatMap((part) => part.misses) };
}

/** What may be said of the page where an action takes place. */
export interface Around {
  /** What it shows, as far as it is explained. */
  readonly shown: readonly Expr[];
  /** Whether a choice that it offers is still to be made. */
  readonly choice: Expr | null;
}

const changesRecords = ({ changes: { inserted, updated, deleted } }: Occasion): boolean => inserted.size + updated.size + deleted.size > 0;

/** Once may be chance. */
const fewestRefusals = 2;

/** The occasions on which an action that else changes records did not, each time because a choice was still to be made. */
function refusals(occasions: readonly Occasion[], choice: Expr): readonly Occasion[] {
  const [open, others] = [true, false].map((isOpen) => occasions.filter(({ scope }) => toBoolean(evaluate(choice, scope)) === isOpen)) as [
    Occasion[],
    Occasion[],
  ];
  const isRefused = open.length >= fewestRefusals && !open.some(changesRecords);
  return isRefused && others.filter(changesRecords).length * 2 > others.length ? open : [];
}

/** What an action does: first whether it is refused, then what it does if it is not. */
function effectsOf(occasions: readonly Occasion[], tables: readonly TableModel[], { shown, choice }: Around): LearnedEffects {
  const refused = new Set(choice ? refusals(occasions, choice) : []);
  if (!choice || refused.size === 0) return partsOf(termsOf(occasions, tables, shown));
  const done = partsOf(
    termsOf(
      occasions.filter((occasion) => !refused.has(occasion)),
      tables,
      shown,
    ),
  );
  const told = partsOf(termsOf([...refused], tables, shown));
  const parts: readonly Effect[] = [
    { if: not(choice), do: done.effects },
    { if: choice, do: told.effects },
  ];
  return { effects: parts.filter((part) => 'if' in part && part.do.length > 0), misses: [...done.misses, ...told.misses] };
}

/** Finds what an action does, and what decides between its outcomes. */
export function decide(occasions: readonly Occasion[], tables: readonly TableModel[], around: Around): Decision {
  const { effects, misses } = effectsOf(occasions, tables, around);
  const unexplained = new Set(misses);
  const outcomes = outcomesOf(termsOf(occasions, tables, around.shown), effects);
  return { effects, outcomes, unexplained: occasions.filter((occasion) => unexplained.has(occasion)) };
}

/** Effects follow each other: what is done to the records there comes before new ones. */
const kinds = ['del', 'upd', 'ins', 'set'];

function byKind(a: string, b: string): number {
  const [x, y] = [a, b].map((component) => kinds.indexOf(component.slice(0, 3))) as [number, number];
  return x - y || (a < b ? -1 : 1);
}

function componentsOf(name: string, tables: readonly TableModel[]): readonly string[] {
  const table = name.startsWith('set') ? undefined : name.slice(4).split('.')[0];
  return table !== undefined && !tables.some((candidate) => candidate.name === table) ? [] : [name];
}
