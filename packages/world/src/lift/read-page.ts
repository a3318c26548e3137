import type { DomElement, State, World } from '@backlot/protocol';
import { choosePage, type ChosenPage } from './choose-page.ts';
import { settleFields, withDrafts } from './drafts.ts';
import { readAligned } from './facts.ts';
import { fitOffset, guessHidden } from './hidden-rows.ts';
import { admitRows, dropUnshown, showsRows } from './list-rows.ts';
import { looksAtMany, namesIn } from './names.ts';
import { columnOf, isListTable, type Place } from './place.ts';
import { readRows, type Read } from './read-rows.ts';
import { settleAll, untold, type PlacedFact } from './settle.ts';

/** A state and what of it the page did not tell. */
interface Told {
  readonly state: State;
  readonly unknowns: readonly string[];
}

/** Reads a page into a state that stands at its address already. */
export function readPage(world: World, state: State, root: DomElement): Told {
  const chosen = choosePage(world, state, root);
  if (chosen === null) return { state: { ...state, drafts: {}, focus: null }, unknowns: [] };
  const read = readRows(readAligned(chosen.alignment.aligned), state, chosen.place);
  const facts = [...pageFacts(chosen), ...read.facts];
  const said = facts.filter(({ live }) => live === undefined);
  const simple = settleAll(
    said.filter(({ expr }) => !looksAtMany(expr)),
    read.state,
  );
  // Fields too may decide what is listed, and in which order.
  const listed = settleLists(read, settleFields(facts, read.fields, simple));
  // Twice: what is settled late may decide what was tried early.
  const settled = settleAll(said, settleAll(said, listed));
  const { state: complete, tables } = guessHidden({ facts: said, shown: read.shown }, settleFields(facts, read.fields, settled));
  const fitted = read.shown.reduce((fitting, rows) => fitOffset(rows, fitting), complete);
  const guessed = [
    ...tables,
    ...read.shown.map(({ query }) => query.from).filter((table) => fitted.tables[table] !== complete.tables[table]),
  ];
  const unknowns = [...guessed, ...untold(said, fitted), ...untoldLists(read, fitted), ...untoldCells(read, world)];
  return { state: withDrafts(world, read.fields, withoutLists(fitted)), unknowns };
}

/** The page is shown, and none that would have come before it. */
function pageFacts({ place, before }: ChosenPage): readonly PlacedFact[] {
  const fact = (at: Place, truth: boolean): readonly PlacedFact[] =>
    at.page?.when === undefined ? [] : [{ expr: at.page.when, want: { truth }, key: false, place: at }];
  return [...fact(place, true), ...before.flatMap((other) => fact(other, false))];
}

function settleLists({ shown }: Read, state: State): State {
  return shown.reduce((settled, rows) => dropUnshown(rows, admitRows(rows, settled)), state);
}

/** Tables of which the page shows other rows than the state says. */
function untoldLists({ shown }: Read, state: State): readonly string[] {
  return shown.filter((rows) => !showsRows(rows, state)).map(({ query }) => query.from);
}

/** Columns of new rows of which the page says nothing. */
function untoldCells({ shown, facts }: Read, world: World): readonly string[] {
  const told = new Set(facts.flatMap(({ expr, place }) => namesIn(expr, place)));
  return shown.flatMap(({ query, fresh }) => {
    const columns = fresh.size === 0 ? [] : (world.tables.find(({ name }) => name === query.from)?.columns ?? []);
    return columns
      .map(({ name }) => `${query.from}.${name}`)
      .filter((name) => !told.has(name) && columnOf(world, query.from, name.slice(query.from.length + 1))?.scope === 'server');
  });
}

function withoutLists(state: State): State {
  const tables = Object.fromEntries(Object.entries(state.tables).filter(([name]) => !isListTable(name)));
  return { ...state, tables };
}
