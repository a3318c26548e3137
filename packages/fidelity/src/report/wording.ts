import type { Action } from '@backlot/protocol';

const longest = 60;

/** Kinds of action that are no verbs as they stand. */
const verbs: Readonly<Partial<Record<Action['kind'], string>>> = {
  back: 'go back',
  forward: 'go forward',
  goto: 'open',
  dblclick: 'double-click',
  hover: 'point at',
};

/** An action in words: `click link "Edit"`. */
export function sayAction({ kind, target, value }: Action): string {
  const at = target && `${target.role} "${readable(target.name)}"`;
  const what = value === undefined ? undefined : JSON.stringify(value.length > longest ? `${value.slice(0, longest - 1)}…` : value);
  return [verbs[kind] ?? kind, at, what].filter((part) => part !== undefined && part !== '').join(' ');
}

/** Signs of icon fonts show nothing elsewhere. */
export function readable(text: string): string {
  return text.replace(/[\uE000-\uF8FF]/g, '').trim();
}

/** A text as the beginning of a sentence. */
export const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A text as the middle of a sentence. */
export const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
