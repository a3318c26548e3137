import type { Action, DataKind } from '@backlot/protocol';
import { knownTexts, letters, looksPersonal, looksSecret, type Detector } from './detect.ts';

/** A text that was passed on, and its letters and digits alone. */
export interface Piece {
  readonly text: string;
  readonly letters: string;
}

/** Finds data in texts that come one after the other: in one of the new ones, or in what the new ones complete. */
export type PieceDetector = (before: readonly Piece[], now: readonly string[]) => boolean;

/** How many texts are remembered, and how much of the end of each: what is cut further apart than that is not put together again. */
const remembered = 64;
const longestPiece = 400;
/** How many signs of the latest texts are joined with new ones: no known text is longer, and a decision must stay cheap. */
const longestJoined = 512;
/** How many of the latest texts are joined, in the order in which they are tried. */
const spans = [1, 2, 4, 8, 16, 32, remembered];
/** Shorter pieces count only in their order: in any order, single letters could make up anything. */
const shortestPiece = 3;

/** What an action types: the text of a field, of a dialog or of an address, or the one sign of a key. */
export function typedTexts({ kind, value, dialog }: Action): readonly string[] {
  const typed = kind === 'press' ? signOf(value ?? '') : kind === 'wait' ? undefined : value;
  return [typed, dialog?.text].filter((text) => text !== undefined && text !== '') as string[];
}

/** The sign that a key types; nothing for one that types none. */
function signOf(key: string): string | undefined {
  if (key === 'Space') return ' ';
  const sign = /^(?:Shift\+)?(.)$/u.exec(key)?.[1];
  return sign;
}

/** The texts that are remembered after some more. */
export function remember(before: readonly Piece[], now: readonly string[]): readonly Piece[] {
  if (now.length === 0) return before;
  return [...before, ...now.map(pieceOf)].slice(-remembered);
}

function pieceOf(whole: string): Piece {
  const text = whole.slice(-longestPiece);
  return { text, letters: letters(text) };
}

/**
 * Looks through each new text, through what new texts and those before them say when they are joined in their order, and, for the given
 * texts, through what they make up in any order.
 */
function inPieces(detector: Detector, texts: readonly string[] = []): PieceDetector {
  const needles = texts.map(letters).filter((text) => text.length > shortestPiece);
  return (before, now) => {
    if (now.length === 0) return false;
    if (now.some(detector)) return true;
    if (before.length + now.length < 2) return false;
    return completes(detector, latest(before), now.join('')) || makeUp(needles, before, now);
  };
}

/** The latest texts, whole, as many as are joined. */
function latest(before: readonly Piece[]): readonly string[] {
  let from = before.length;
  let signs = 0;
  while (from > 0 && (signs += before[from - 1]?.text.length ?? 0) <= longestJoined) from -= 1;
  return before.slice(from).map(({ text }) => text);
}

/** Whether something is found in the joined texts that was not there without the new ones. */
function completes(detector: Detector, before: readonly string[], added: string): boolean {
  if (!detector(before.join('') + added)) return false;
  return spans.some((count) => {
    const tail = before.slice(-count).join('');
    return detector(tail + added) && !detector(tail);
  });
}

/** Whether one of the texts is made up of pieces, whatever their order, with a new one among them. */
function makeUp(needles: readonly string[], before: readonly Piece[], now: readonly string[]): boolean {
  if (needles.length === 0) return false;
  const fresh = pieces(now.map(pieceOf));
  const possible = needles.filter((needle) => fresh.some((piece) => needle.includes(piece)));
  if (possible.length === 0) return false;
  const all = new Set([...pieces(before), ...fresh]);
  return possible.some((needle) => isMadeOf(needle, all, new Set(fresh)));
}

const pieces = (texts: readonly Piece[]): readonly string[] =>
  texts.map((piece) => piece.letters).filter((text) => text.length >= shortestPiece);

function isMadeOf(needle: string, all: ReadonlySet<string>, fresh: ReadonlySet<string>): boolean {
  // How far the pieces come, without a new one and with one.
  const [old, both] = [new Set([0]), new Set<number>()];
  for (let at = 0; at < needle.length; at++) {
    if (!old.has(at) && !both.has(at)) continue;
    for (const piece of all) {
      if (!needle.startsWith(piece, at)) continue;
      const end = at + piece.length;
      if (both.has(at) || fresh.has(piece)) both.add(end);
      else old.add(end);
    }
  }
  return both.has(needle.length);
}

/** The detectors of a policy. */
export function detectors({
  canaries = [],
  secrets = [],
}: {
  readonly canaries?: readonly string[] | undefined;
  readonly secrets?: readonly string[] | undefined;
}): Readonly<Record<DataKind, PieceDetector>> {
  const known = knownTexts(secrets);
  return {
    canary: inPieces(knownTexts(canaries), canaries),
    secret: inPieces((text) => known(text) || looksSecret(text), secrets),
    personal: inPieces(looksPersonal),
  };
}
