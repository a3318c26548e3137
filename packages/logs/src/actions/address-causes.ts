import type { DomElement } from '@backlot/protocol';
import { findAll, pathToElement, textOf } from '@backlot/world';
import type { Draft } from './draft.ts';
import type { Reading } from './reading.ts';

/** From one address to another, both absolute. */
interface Trip {
  readonly from: string;
  readonly to: string;
}

/** What leads to another place. */
const leading = new Set<Draft['kind']>(['click', 'dblclick', 'press', 'goto']);

/** The last action before a request from another path, where it is one that leads on: scripts go there before they ask. */
export function movedBy(drafts: readonly Draft[], { from, to }: Trip): Draft | undefined {
  const last = drafts.at(-1);
  const isMoved = new URL(to).pathname !== new URL(from).pathname;
  return isMoved && last !== undefined && leading.has(last.kind) ? last : undefined;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Shorter words say nothing. */
const SHORTEST = 3;

/** True where two texts name the same thing, however it is spelled: `In Progress`, `in-progress`. */
function isNamedAlike(a: string, b: string): boolean {
  const [one, other] = [plain(a), plain(b)];
  return Math.min(one.length, other.length) >= SHORTEST && (one.includes(other) || other.includes(one));
}

const isDialog = ({ tag, attrs }: DomElement): boolean =>
  attrs['role'] === 'dialog' || attrs['role'] === 'alertdialog' || (tag === 'dialog' && 'open' in attrs);

const dialogsIn = (root: DomElement | null): number => (root ? findAll(root, isDialog).length : 0);

/** The first action after which as few dialogs are open as before one was opened at a signal: what went to an address to open it comes back. */
export function closedBy(reading: Reading, drafts: readonly Draft[], opened: number): Draft | undefined {
  const before = dialogsIn(reading.signal(opened).root);
  const isOpened = dialogsIn(drafts.find(({ begin }) => begin > opened)?.root ?? null) > before;
  // What a click sets off may come with the signals after it.
  const after = (i: number): DomElement | null => drafts[i + 1]?.root ?? reading.evidence.timeline.root;
  return isOpened
    ? drafts.find((draft, i) => draft.begin > opened && dialogsIn(draft.root) > before && dialogsIn(after(i)) <= before)
    : undefined;
}

/** The signal after an action that closed dialogs at which as few are open again. */
export function closedAt(reading: Reading, closed: Draft, opened: number): number | undefined {
  const before = dialogsIn(reading.signal(opened).root);
  const found = reading.signals.findIndex((_, i) => i > closed.begin && dialogsIn(reading.rootAfter(i)) <= before);
  return found < 0 ? undefined : found;
}

/** What the user sees of what was acted on: of a field that is ticked, its label. */
function wordsOf({ kind, value, element, root }: Draft): string {
  if (value !== undefined) return value;
  if (kind === 'goto' || element === null) return '';
  const own = element.attrs['aria-label'] ?? textOf(element);
  if (own !== '' || root === null) return own;
  const label = pathToElement(root, element).findLast(({ tag }) => tag === 'label');
  return label ? textOf(label) : '';
}

/** The last action that says what the query of an address asks for and the one before did not: a choice, a typed text. */
export function saidBy(drafts: readonly Draft[], { from, to }: Trip): Draft | undefined {
  const [was, is] = [new URL(from).searchParams, new URL(to).searchParams];
  const asked = [...is].filter(([name, value]) => !was.getAll(name).includes(value)).map(([, value]) => value);
  return drafts.findLast((draft) => {
    const words = wordsOf(draft);
    return asked.some((each) => isNamedAlike(each, words));
  });
}

/** An address that asks for what another asks for. */
export function withSearch(href: string, other: string): string {
  const url = new URL(href);
  url.search = new URL(other).search;
  return url.href;
}
