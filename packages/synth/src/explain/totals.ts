import type { Expr, Row, Session } from '@backlot/protocol';
import { blankState, evaluate, toText } from '@backlot/world';
import type { Site } from '../pages/page-model.ts';
import type { Belief } from '../state/belief.ts';
import type { Totals } from '../state/totals.ts';
import { scopeOf } from '../state/belief.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import { spotOf } from '../template/place.ts';
import { isMove } from '../state/moves.ts';
import type { SessionViews, View } from '../views.ts';
import { knownValue } from './known-values.ts';
import { sumTerms } from './sums.ts';

type BeliefReader = (view: View) => Belief | undefined;

/** A number that pages show somewhere. */
interface Reading {
  readonly view: View;
  readonly number: number;
}

/** The one number in a text, and the words around it. */
function numberIn(text: string): { readonly words: string; readonly number: number } | null {
  const found = /^(\D*)(\d+)(\D*)$/.exec(text.trim());
  return found && { words: `${found[1]}#${found[3]}`, number: Number(found[2]) };
}

/** What a place shows on all pages that have it, where that is one number in the same words. */
function readingsAt(holes: readonly Hole[]): readonly Reading[] {
  const found = holes.flatMap(({ values }) => [...values].map(([{ view }, value]) => ({ view, part: numberIn(toText(value)) })));
  const words = new Set(found.map(({ part }) => part?.words));
  if (words.size !== 1 || words.has(undefined)) return [];
  return found.flatMap(({ view, part }) => (part ? [{ view, number: part.number }] : []));
}

/** Share of the occasions with something in the list on which its total must be the number shown. */
const enough = 0.9;
const fewestNumbers = 3;

function isTotal(term: Expr, readings: readonly Reading[], belief: BeliefReader): boolean {
  const some = readings.filter(({ number }) => number > 0);
  const right = some.filter(({ view, number }) => {
    const at = belief(view);
    return at !== undefined && toText(knownValue(term, scopeOf(at, null))) === String(number);
  });
  return right.length >= enough * some.length && new Set(right.map(({ number }) => number)).size >= fewestNumbers;
}

/** Places of the layout, with the holes that pages have there. */
function numberSpots(site: Site): readonly (readonly Hole[])[] {
  const holes = site.pages.flatMap((page) =>
    page.holes.filter(({ frame, live, kind }) => !frame.list && !live && (kind === 'text' || kind === 'attribute')),
  );
  return [...Map.groupBy(holes, spotOf).values()];
}

/** True for a step that sent no data: where others do, it changed none that is kept. */
function sendsNothing({ steps }: Session, step: number): boolean {
  return (steps[step]?.exchanges ?? []).every(({ method }) => reading.has(method));
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What merely moving leads to was so before: readings hold for the views before them as well, up to the last change of data. */
function sinceChange(readings: readonly Reading[], sessions: readonly SessionViews[]): ReadonlyMap<View, number> {
  const numbers = new Map(readings.map(({ view, number }) => [view, number]));
  for (const { session, before, after } of sessions) {
    const sends = !session.steps.every((_step, i) => sendsNothing(session, i));
    for (let step = after.length - 1; step > 0; step--) {
      const number = numbers.get(after[step] as View);
      if (number === undefined || !(isMove(session, step) || (sends && sendsNothing(session, step)))) continue;
      for (const view of [before[step] as View, after[step - 1] as View]) if (!numbers.has(view)) numbers.set(view, number);
    }
  }
  return numbers;
}

/** What totals are read from. */
interface Pages {
  readonly site: Site;
  readonly sessions: readonly SessionViews[];
  readonly belief: BeliefReader;
}

function totalOf(term: Expr, table: TableModel): Totals['of'] {
  return (rows) => {
    const state = { ...blankState(''), tables: { [table.name]: rows } };
    return Number(evaluate(term, { state, rows: {}, args: {}, params: {}, field: () => null }));
  };
}

/** The column that a total adds up, and those whose numbers may hang on it. */
function toldBy(term: Expr, table: TableModel): Totals['told'] {
  const summed = JSON.stringify(term);
  const numbers = sumTerms(table).map((sum) => JSON.stringify(sum));
  const columns = table.columns.filter(({ name }) => numbers.some((spelling) => spelling.includes(`"col":"${name}"`)));
  const own = 'sum' in term ? columns.find(({ name }) => summed.includes(`"col":"${name}"`)) : undefined;
  return (rows, total) => {
    const [row] = rows;
    if (!own || !row || rows.length > 1 || !/^\d+$/.test(String(row[own.name] ?? ''))) return null;
    const unknown = Object.fromEntries(columns.map(({ name }) => [name, null]));
    return [{ ...row, ...unknown, [own.name]: String(total) } as Row];
  };
}

/** The totals of lists: the number of items in a cart, which every page shows. */
export function totalsOf(tables: readonly TableModel[], { site, sessions, belief }: Pages): ReadonlyMap<TableModel, Totals> {
  const spots = numberSpots(site).map(readingsAt);
  const readings = spots.filter((spot) => new Set(spot.map(({ number }) => number)).size >= fewestNumbers);
  const found = tables.flatMap((table): (readonly [TableModel, Totals])[] => {
    const terms: readonly Expr[] = [{ count: { from: table.name, as: 'q' } }, ...sumTerms(table)];
    const fits = (term: Expr): readonly Reading[] => readings.filter((spot) => isTotal(term, spot, belief)).flat();
    const [best] = terms.map((term) => ({ term, seen: fits(term) })).toSorted((a, b) => b.seen.length - a.seen.length);
    return best && best.seen.length > 0
      ? [[table, { at: sinceChange(best.seen, sessions), of: totalOf(best.term, table), told: toldBy(best.term, table) }]]
      : [];
  });
  return new Map(found);
}
