import type { Action, DomElement, State, Value, World } from '@backlot/protocol';
import { dataWords, netChange, sayChanges, sayRow, sayValue, type Change } from '@backlot/reward';
import { currentUrl, isOutside, isTextField, observe, pathToKey, render, resolveAction, transition } from '@backlot/world';
import type { Foresight, ForeseenChange } from '../policy/subject.ts';
import { stepText, type TextStep } from '../text/text-engine.ts';
import { spendsOf } from './money.ts';
import { reversalOf, type Reversal } from './reversibility.ts';
import { shownLink } from './shown-link.ts';
import { suspectedDeletions } from './suspicion.ts';

/** Longest virtual time that delayed effects are waited for, in milliseconds. */
const longestDelay = 60_000;

/**
 * Tries an action on a fork of the state and tells what it leads to: the changes of lasting data, delayed ones too, whether they can be
 * taken back, and where it goes. The state itself stays as it is. Null where the world would not take the action. Pure: one transition,
 * and one more where the action sets off timers.
 */
export function foresee(world: World, state: State, action: Action): Foresight | null {
  const step = stepText(world, state, action);
  return step.explanation.refused === undefined ? foresightOf(world, state, { action, step }) : null;
}

/** What a real application is believed to hold, and the page that it shows, in the canonical form that worlds are learned from. */
export interface Belief {
  readonly state: State;
  readonly root: DomElement;
}

/**
 * The same where the state is only believed of a real application: what it does not hold may be there all the same, so deletions that
 * nothing but missing records ruled out are foreseen too, and those of a control that is called like one beside it that deletes. A link
 * that the clone does not show leads where the application says. One more transition, and only for what is not foreseen to delete.
 */
export function foreseeReal(world: World, belief: Belief, action: Action): Foresight | null {
  const { state } = belief;
  const step = stepText(world, state, action);
  if (step.explanation.refused !== undefined) return foreseeShown(world, belief, action);
  const foresight = foresightOf(world, state, { action, step });
  const known = foresight.changes.filter(({ how }) => how === 'deleted').map(({ table }) => table);
  const suspected = suspectedDeletions(world, state, { action, step, deletes: known.length > 0 }).filter((table) => !known.includes(table));
  if (suspected.length === 0) return foresight;
  const says = (table: string): string => `may delete a ${dataWords(world).table(table)} that is not shown here`;
  const more = suspected.map((table): ForeseenChange => ({ how: 'deleted', table, columns: [], values: [], says: says(table) }));
  return { ...foresight, changes: [...foresight.changes, ...more], irreversible: true };
}

/** What the clone does not show or do and the application does: known as far as it leads to an address that is known, or leads out. */
function foreseeShown(world: World, belief: Belief, action: Action): Foresight | null {
  const address = action.kind === 'goto' ? (action.value ?? '') : shownLink(world, belief.root, action);
  if (address === null) return null;
  if (isOutside(address)) return leaving(address);
  if (action.kind === 'goto') return null;
  const foresight = foreseeReal(world, belief, { kind: 'goto', value: address });
  return foresight && { ...foresight, certainty: foresight.certainty === 'certain' ? 'ambiguous' : foresight.certainty };
}

function leaving(to: string): Foresight {
  return { certainty: 'ambiguous', changes: [], irreversible: null, to, leaves: true, spends: 0, sent: [to], shown: () => '' };
}

interface Tried {
  readonly action: Action;
  readonly step: TextStep;
}

function foresightOf(world: World, state: State, { action, step }: Tried): Foresight {
  const after = whenDone(world, state, step.state);
  const changes = netChange(world, state, after);
  const from = currentUrl(state);
  const to = currentUrl(after);
  const outside = to === from ? leadsOut(world, state, action) : null;
  const says = changes.map((change) => foreseenChange(world, change));
  const isInert = changes.length === 0 && to === from && pointsIntoText(world, state, action);
  return {
    certainty: isInert && step.explanation.certainty === 'unseen' ? 'ambiguous' : step.explanation.certainty,
    changes: says,
    irreversible: isIrreversible(changes, reversalOf(world)),
    to: outside ?? to,
    leaves: outside !== null,
    spends: spendsOf(changes),
    sent: sentTexts(state, { to: outside ?? to, from, changes: says }),
    shown: () => observe(world, after).aria,
  };
}

/** A click into a text field puts the cursor there, whatever was or was not learned of it. */
function pointsIntoText(world: World, state: State, action: Action): boolean {
  if (action.kind !== 'click') return false;
  const event = resolveAction(world, state, action);
  const key = 'key' in event ? event.key : undefined;
  const element = key === undefined ? undefined : pathToKey(render(world, state).root, key).at(-1);
  return element !== undefined && isTextField(element);
}

/** The state once the timers that the action set off have run out. */
function whenDone(world: World, before: State, after: State): State {
  const fresh = after.timers.filter((timer) => !before.timers.includes(timer));
  if (fresh.length === 0) return after;
  const until = Math.max(...fresh.map(({ due }) => due)) - after.clock;
  return transition(world, after, { type: 'advance', ms: Math.min(Math.max(0, until), longestDelay) }).state;
}

function isIrreversible(changes: readonly Change[], reversal: Reversal): boolean | null {
  const undone = changes.map((change) => reversal.canUndo(change));
  if (undone.includes(false)) return true;
  return undone.includes(null) ? null : false;
}

const follows = new Set<Action['kind']>(['click', 'dblclick', 'press']);

/** The address outside the application that an action leads to, if it does. */
function leadsOut(world: World, state: State, action: Action): string | null {
  if (action.kind === 'goto') return action.value !== undefined && isOutside(action.value) ? action.value : null;
  if (!follows.has(action.kind)) return null;
  const event = resolveAction(world, state, action);
  const key = 'key' in event ? event.key : undefined;
  if (key === undefined) return null;
  const link = pathToKey(render(world, state).root, key).findLast(({ tag, attrs }) => attrs['href'] !== undefined || tag === 'form');
  const address = link === undefined ? '' : addressOf(link);
  return isOutside(address) && !/^javascript:/i.test(address) ? address : null;
}

const addressOf = ({ tag, attrs }: DomElement): string => (tag === 'form' ? attrs['action'] : attrs['href']) ?? '';

function foreseenChange(world: World, change: Change): ForeseenChange {
  switch (change.kind) {
    case 'inserted':
    case 'deleted': {
      const isNew = change.kind === 'inserted';
      const cells = isNew ? Object.entries(change.row).filter(([column, value]) => column !== 'id' && value !== null) : [];
      const says = `${isNew ? 'adds' : 'deletes'} ${sayRow(world, change.table, change.row)}`;
      return {
        how: change.kind,
        table: change.table,
        record: change.row.id,
        columns: cells.map(([column]) => column),
        values: cells.map(([, value]) => textOf(value)),
        says,
      };
    }
    case 'updated': {
      const { table, was, now, columns } = change;
      const says = `changes ${sayRow(world, table, was)}: ${sayChanges(world, change)}`;
      return { how: 'updated', table, record: was.id, columns, values: columns.map((column) => textOf(now[column] ?? null)), says };
    }
    case 'register': {
      const { name, was, now } = change;
      return {
        how: 'register',
        table: name,
        columns: [],
        values: [textOf(now)],
        says: `sets ${dataWords(world).register(name)} from ${sayValue(was)} to ${sayValue(now)}`,
      };
    }
  }
}

const textOf = (value: Value): string => (Array.isArray(value) ? value.map((item: Value) => textOf(item)).join(' ') : String(value ?? ''));

interface Sending {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ForeseenChange[];
}

/** Written cells, and the new address; where anything was sent at all, what stands in the page's fields as well. */
function sentTexts(state: State, { from, to, changes }: Sending): readonly string[] {
  const written = changes.flatMap(({ values }) => values);
  const moved = to === from ? [] : [to];
  if (written.length + moved.length === 0) return [];
  const drafts = Object.values(state.drafts).filter((draft) => typeof draft === 'string');
  return [...written, ...moved, ...drafts];
}
