import { textOf } from '@backlot/world';
import type { Draft } from './draft.ts';

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

/** The last action that says what the query of an address asks for and the one before did not: a choice, a typed text. */
export function saidBy(drafts: readonly Draft[], { from, to }: Trip): Draft | undefined {
  const [was, is] = [new URL(from).searchParams, new URL(to).searchParams];
  const asked = [...is].filter(([name, value]) => was.get(name) !== value).map(([, value]) => value);
  return drafts.findLast(({ kind, value, element }) => {
    const text = value ?? (kind === 'goto' || element === null ? '' : textOf(element));
    return asked.some((each) => isNamedAlike(each, text));
  });
}

/** An address that asks for what another asks for. */
export function withSearch(href: string, other: string): string {
  const url = new URL(href);
  url.search = new URL(other).search;
  return url.href;
}
