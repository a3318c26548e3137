import type { DomElement, State, World } from '@backlot/protocol';
import { choosePage, type ChosenPage } from './choose-page.ts';
import { settleFields, withDrafts } from './drafts.ts';
import { readAligned, type Reading } from './facts.ts';
import { fitOffset, guessHidden } from './hidden-rows.ts';
import { admitRows, dropUnshown, showsRows } from './list-rows.ts';
import { looksAtMany, namesIn } from './names.ts';
import { columnOf, isListTable, type Place } from './place.ts';
import { readRows, type Read } from './read-rows.ts';
import { isTold, settleAll, untold, type PlacedFact } from './settle.ts';

/** A state and what of it the page did not tell. */
interface Told {
  readonly state: State;
  readonly unknowns: readonly string[];
}

/** Reads a page into a state that stands at its address already. */
export function readPage(world: World, state: State, root: DomElement): Told {
  const chosen = choosePage(world, state, root);
  if (chosen === null) return { state: { ...state, drafts: {}, focus: null }, unknowns: [] };
  const reading = readAligned(chosen.alignment.aligned);
  const free = settlePage(chosen, reading, state);
  // Where records were added, the page may say more without them: then it is one that shows no record.
  const bare = free.added ? settlePage({ ...chosen, place: { ...chosen.place, adds: false } }, reading, state) : free;
  const { read, settled, unknowns } = bare.missed <= free.missed ? bare : free;
  return { state: withDrafts(world, read.fields, withoutLists(settled)), unknowns };
}

/** One way to read a page, and how much of what the page says it does not say. */
interface Settled {
  readonly read: Read;
  readonly settled: State;
  readonly unknowns: readonly string[];
  readonly missed: number;
  readonly added: boolean;
}

function settlePage(chosen: ChosenPage, reading: Reading, state: State): Settled {
  const read = readRows(reading, state, chosen.place);
  const facts = [...pageFacts(chosen), ...read.facts];
  const said = facts.filter(({ live }) => live === undefined);
  const simple = settleAll(
    said.filter(({ expr }) => !looksAtMany(expr)),
    read.state,
  );
  // Fields too may decide what is listed, and in which order.
  const listed = settleLists(read, settleFields(facts, read.fields, simple));
  // Twice: what is settled late may decide what was tried early.
  const late = settleFields(facts, read.fields, settleAll(said, settleAll(said, listed)));
  const { state: complete, tables } = guessHidden({ facts: said, shown: read.shown }, late);
  const settled = read.shown.reduce((fitting, rows) => fitOffset(rows, fitting), complete);
  const shifted = read.shown.map(({ query }) => query.from).filter((table) => settled.tables[table] !== complete.tables[table]);
  const lists = untoldLists(read, settled);
  return {
    read,
    settled,
    unknowns: [...tables, ...shifted, ...untold(said, settled), ...lists, ...untoldCells(read, chosen.place.world)],
    missed: said.filter((fact) => !isTold(fact, settled)).length + lists.length,
    added: late.serial !== read.state.serial,
  };
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
