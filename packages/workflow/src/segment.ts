import { parseAddress } from '@backlot/world';
import { offerOf } from './elements.ts';
import type { Observed, ObservedStep } from './observed.ts';
import { compareText, tally } from './tally.ts';

/** A stretch of a session with one purpose: the indexes of its steps, which follow each other. */
export type Piece = readonly number[];

/** A pause this many times as long as the usual one, and no shorter than `leastPause` milliseconds, ends a piece. */
const pauseFactor = 20;
const leastPause = 30_000;
/** How often one of two actions must go with the other for them to belong together after a change that lasts. */
const leastBond = 0.5;
/** The same where the second could as well have been done before. */
const strongBond = 0.9;
/** An element on at least this share of all kinds of pages is there for getting around, not for what the page is about. */
const everywhere = 0.6;
const leastKinds = 3;

/** What all sessions together say about where purposes change. */
export interface Habits {
  /**
   * Of two actions in a row: the larger of how often the second follows the first, and how often the first comes before the second.
   * What was seen only once or twice says little.
   */
  readonly bond: (first: string, second: string) => number;
  /** True for elements that most kinds of pages show. */
  readonly isChrome: (signature: string) => boolean;
}

/** Learns from all sessions what goes together, and what is on every page. */
export function learnHabits(corpus: readonly Observed[]): Habits & { readonly chrome: readonly string[] } {
  const chrome = chromeOf(corpus);
  return {
    ...habitsFrom(
      corpus.map(({ steps }) => steps.map(({ token }) => token)),
      chrome,
    ),
    chrome,
  };
}

/** Habits from sessions as symbols, and from the signatures of what is on every page. */
export function habitsFrom(sessions: readonly (readonly string[])[], chrome: readonly string[]): Habits {
  const pairs = tally(sessions.flatMap((tokens) => tokens.slice(1).map((token, i) => `${tokens[i]}\n${token}`)));
  const firsts = tally(sessions.flatMap((tokens) => tokens.slice(0, -1)));
  const seconds = tally(sessions.flatMap((tokens) => tokens.slice(1)));
  const everywhereShown = new Set(chrome);
  return {
    bond: (a, b) => (pairs[`${a}\n${b}`] ?? 0) / (1 + Math.min(firsts[a] ?? Infinity, seconds[b] ?? Infinity)),
    isChrome: (signature) => everywhereShown.has(signature),
  };
}

function chromeOf(corpus: readonly Observed[]): readonly string[] {
  const views = corpus.flatMap(({ session, steps }) =>
    session.steps.map(({ before }, i) => ({ kind: steps[i]?.abstracted.action.page ?? '', signatures: offerOf(before).signatures })),
  );
  const kinds = [...Map.groupBy(views, ({ kind }) => kind)].filter(([kind]) => kind !== '').map(([, all]) => all);
  if (kinds.length < leastKinds) return [];
  const shown = new Map<string, number>();
  for (const all of kinds) {
    const counts = new Map<string, number>();
    for (const { signatures } of all) for (const signature of signatures) counts.set(signature, (counts.get(signature) ?? 0) + 1);
    for (const [signature, n] of counts) if (n >= all.length / 2) shown.set(signature, (shown.get(signature) ?? 0) + 1);
  }
  return [...shown]
    .filter(([, n]) => n / kinds.length >= everywhere)
    .map(([signature]) => signature)
    .toSorted(compareText);
}

/**
 * Cuts a session into pieces without labels. An action goes on with the piece before it where it could not have been done without it
 * (what it acts on was not there when the piece began), where it goes on filling the same form, or repeats what was just done. It begins
 * a piece of its own after a change that lasts, after a long pause, and where it could as well have been done before. A way back to
 * where things begin belongs to what is done there. The opening goto belongs to no piece.
 */
export function segment(observed: Observed, habits: Habits): readonly Piece[] {
  const pauses = longPauses(observed);
  const pieces: number[][] = [];
  for (let i = isOpening(observed) ? 1 : 0; i < observed.steps.length; i++) {
    const piece = pieces.at(-1);
    if (piece && !pauses.has(i) && goesOn({ observed, habits, piece }, i)) piece.push(i);
    else pieces.push([i]);
  }
  return pieces;
}

const isOpening = ({ steps }: Observed): boolean => steps[0]?.played.action.kind === 'goto';

/** Steps before which the user paused far longer than usual. */
function longPauses({ replay }: Observed): ReadonlySet<number> {
  const sorted = replay.steps.map((step) => step.thinkMs).toSorted((a, b) => a - b);
  const limit = Math.max(leastPause, pauseFactor * (sorted[Math.floor(sorted.length / 2)] ?? 0));
  return new Set(replay.steps.flatMap((step, i) => (step.thinkMs > limit ? [i] : [])));
}

interface Open {
  readonly observed: Observed;
  readonly habits: Habits;
  readonly piece: readonly number[];
}

function goesOn(open: Open, i: number): boolean {
  const { observed, habits, piece } = open;
  const at = (index: number): ObservedStep => observed.steps[index] as ObservedStep;
  const [step, last] = [at(i), at(i - 1)];
  const kind = step.played.action.kind;
  if (kind === 'back' || kind === 'reload' || kind === 'forward') return true;
  if (kind === 'goto') return false;
  if (isRetry(open, i)) return true;
  if (isCommit(last)) return habits.bond(last.token, step.token) >= (isNew(open, i) && !isOneMore(open, i) ? leastBond : strongBond);
  if (isSameForm(open, i) || sendsTyped(last, step) || step.token === last.token) return true;
  return isNew(open, i) || isOnArrival(open, i, at(piece[0] as number));
}

/**
 * A change that lasts: rows come or go, or something is set or unset; or a button or Enter sent something. Cells that change by the way
 * and forms that save themselves while they are filled are none.
 */
export function isCommit({ effect, sends, listens, moves, played }: ObservedStep): boolean {
  if (effect.some((term) => /^(insert|delete) |=(true|false)\)$/.test(term))) return true;
  const { kind, target } = played.action;
  const isSent = kind === 'press' || (kind === 'click' && target?.role === 'button');
  if (sends) return isSent || moves;
  return effect.some((term) => term !== 'register') ? !moves : effect.length > 0 && isSent && !listens;
}

/** What was sent came back as it was, with the same form to fill in again. */
function isRetry({ observed, piece }: Open, i: number): boolean {
  const last = observed.steps[i - 1] as ObservedStep;
  const token = observed.steps[i]?.token;
  return last.sends && !last.moves && piece.some((index) => observed.steps[index]?.token === token) && piece.length > 1;
}

/**
 * The element acted on was not there when the piece began: the page did not show it, or it was another page, and it is neither a link
 * that leads to the same place from both nor on every page.
 */
function isNew({ observed, habits, piece }: Open, i: number): boolean {
  const step = observed.steps[i] as ObservedStep;
  const start = observed.session.steps[piece[0] as number]?.before;
  const now = observed.session.steps[i]?.before;
  if (!start || !now || !step.played.action.target) return false;
  if (!step.place) return true;
  const { signature } = step.place;
  if (!offerOf(start).signatures.has(signature)) return true;
  const isLink = step.played.action.target.role === 'link';
  return !isLink && hasMoved(observed, piece) && !habits.isChrome(signature);
}

/** The piece went to another page on the way. */
function hasMoved({ session, steps }: Observed, piece: readonly number[]): boolean {
  return piece.some((index) => {
    const step = session.steps[index];
    return step !== undefined && steps[index]?.moves === true && pathOf(step.before.url) !== pathOf(step.after.url);
  });
}

/** There were such elements when the piece began, only fewer. */
function isOneMore({ observed, piece }: Open, i: number): boolean {
  const start = observed.session.steps[piece[0] as number]?.before;
  const signature = observed.steps[i]?.place?.signature ?? '';
  return start !== undefined && offerOf(start).signatures.has(signature.replace(/#\d+$/, ''));
}

const pathOf = (url: string): string => parseAddress(url).path;

/** What was typed in a field of no form is for the button or key that comes next. */
function sendsTyped(last: ObservedStep, { played: { action } }: ObservedStep): boolean {
  if (last.moves || last.place?.form !== '' || last.played.action.kind !== 'fill') return false;
  return action.kind === 'press' || (action.kind === 'click' && action.target?.role === 'button');
}

/** It acts on the form that the piece has filled since it last came to a page. */
function isSameForm({ observed, piece }: Open, i: number): boolean {
  const place = observed.steps[i]?.place;
  if (!place) return false;
  for (const index of piece.toReversed()) {
    const step = observed.steps[index] as ObservedStep;
    if (step.moves || isCommit(step)) return false;
    const isSame = step.place !== null && (place.form === '' ? step.place.signature === place.signature : step.place.form === place.form);
    if (isSame) return true;
  }
  return false;
}

/** The piece is only a way to a page by what is on every page, and this is done with what the page is about. */
function isOnArrival({ observed, habits, piece }: Open, i: number, first: ObservedStep): boolean {
  const place = observed.steps[i]?.place;
  if (piece.length !== 1 || !place || !first.place || first.played.action.kind !== 'click') return false;
  return habits.isChrome(first.place.signature) && !habits.isChrome(place.signature);
}
