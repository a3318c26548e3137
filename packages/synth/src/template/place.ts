import { isFixed } from './fixed-name.ts';
import type { Hole } from './holes.ts';
import type { ElementPattern, Pattern } from './pattern.ts';

const spellings = new WeakMap<Pattern, string>();

const sample = (element: ElementPattern): { readonly attrs: Readonly<Record<string, string>> } =>
  element.nodes.values().next().value as { readonly attrs: Readonly<Record<string, string>> };

/** Elements that every page has once: what they are called says which page it is, not where in it something stands. */
const whole = new Set(['html', 'body']);

/** The name that a page gives to an element, whatever it shows there. */
const fixedId = (element: ElementPattern): string | undefined => {
  const { id } = sample(element).attrs;
  return isFixed(id) ? id : undefined;
};

function own(element: ElementPattern): string {
  if (whole.has(element.tag)) return element.tag;
  const { name, type } = sample(element).attrs;
  const id = fixedId(element);
  return `${element.tag}${formAction(element)}${id === undefined ? '' : `#${id}`}${name ? `[${name}]` : ''}${type ? `:${type}` : ''}`;
}

/** What a form asks for, where it always asks for the same: forms that ask for different things are different parts. */
function formAction(element: ElementPattern): string {
  if (element.tag !== 'form') return '';
  const actions = new Set([...element.nodes.values()].map((node) => (node.attrs['action'] ?? '').split(/[?#]/)[0]));
  const [action] = actions;
  return actions.size === 1 && action ? `(${action})` : '';
}

/** Class tokens that all occurrences have. Where a name says which element it is, they may say which page it is on. */
function fixedClasses(element: ElementPattern): string {
  if (whole.has(element.tag) || fixedId(element) !== undefined) return '';
  const [first, ...rest] = [...element.nodes.values()].map((node) => (node.attrs['class'] ?? '').split(/\s+/).filter(Boolean));
  return (first ?? [])
    .filter((token) => rest.every((tokens) => tokens.includes(token)))
    .sort()
    .join('.');
}

/** Where an element stands in the layout, spelled so that the same place of different pages is spelled alike. */
export function placeOf(pattern: Pattern): string {
  const known = spellings.get(pattern);
  if (known !== undefined) return known;
  const { parent } = pattern;
  const mine = likeness(pattern);
  const peers = (parent?.kids ?? []).filter((kid) => kid === pattern || likeness(kid) === mine);
  const made = `${parent ? placeOf(parent) : ''}/${mine}${peers.length > 1 ? `~${peers.indexOf(pattern)}` : ''}`;
  spellings.set(pattern, made);
  return made;
}

const likeness = (pattern: Pattern): string =>
  pattern.kind === 'element' ? `${own(pattern)}.${fixedClasses(pattern)}` : pattern.kind === 'text' ? '#' : '*';

/** What a hole shows and where, spelled alike for the same place of different pages. */
export const spotOf = ({ pattern, kind, name }: Hole): string => `${placeOf(pattern)} ${kind} ${name}`;
