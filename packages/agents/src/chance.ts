import type { Rng } from './rng.ts';

/** Roles of what chance may click. */
export const clickableRoles = new Set([
  'link',
  'button',
  'checkbox',
  'radio',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'switch',
  'treeitem',
]);

/** One to three of the words, as chance has it. */
export function phrase(words: readonly string[], rng: Rng): string {
  return Array.from({ length: 1 + rng.int(3) }, () => rng.pick(words) ?? 'word').join(' ');
}

/** The words of a text, without signs. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
