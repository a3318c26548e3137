import type { DomElement } from '@backlot/protocol';
import { isFixed, isMadeUp } from './template/fixed-name.ts';

const referring = ['for', 'list', 'form', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant'];
const referrers = new WeakMap<DomElement, boolean>();

const idsIn = (value: string | undefined): readonly string[] => (value ?? '').split(/\s+/).filter(Boolean);

/** True where an element, or any below it, refers to a made-up id. */
function refers(element: DomElement): boolean {
  const known = referrers.get(element);
  if (known !== undefined) return known;
  const own = referring.some((name) => idsIn(element.attrs[name]).some(isMadeUp));
  const made = element.children.reduce((any, child) => ('tag' in child && refers(child)) || any, own);
  referrers.set(element, made);
  return made;
}

/**
 * Names for the made-up ids of a page that something refers to: by the place of what refers to them, so that they are the same whenever
 * the page is made anew. None of them is fixed: several elements of a page may have such a place.
 */
export function madeUpIds(root: DomElement): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const times = new Map<string, number>();
  const nameOf = (place: string): string => {
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    return `${place}-${time}`;
  };
  const visit = (element: DomElement, above: string): void => {
    if (!refers(element)) return;
    const { id } = element.attrs;
    const place = isFixed(id) ? id : above === '' ? element.tag : `${above}-${element.tag}`;
    for (const attribute of referring) {
      const made = idsIn(element.attrs[attribute]).filter((name) => isMadeUp(name) && !names.has(name));
      for (const name of made) names.set(name, nameOf(`${place}-${attribute}`));
    }
    for (const child of element.children) if ('tag' in child) visit(child, place);
  };
  visit(root, '');
  return names;
}

/** What an attribute says with the names of made-up ids in their place. */
export function withNames(attribute: string, value: string, names: ReadonlyMap<string, string>): string {
  if (attribute === 'id') return names.get(value) ?? value;
  if (!referring.includes(attribute) || names.size === 0) return value;
  return idsIn(value)
    .map((name) => names.get(name) ?? name)
    .join(' ');
}
