import type { DomElement } from '@backlot/protocol';
import { inertAttributes } from './inert.ts';
import { takenNames, removeAttribute, setAttribute, setXlink } from './natives.ts';
import { own } from '@backlot/world';

function set(element: Element, name: string, value: string): void {
  try {
    if (name.startsWith('xlink:')) setXlink(element, name, value);
    else setAttribute(element, name, value);
  } catch {
    // A name that HTML parsers accept and the DOM does not, such as `@click`: nothing that shows depends on it.
  }
}

/** Makes the attributes of an element those that are wanted, touching only what differs from what was set before. */
export function patchAttributes(element: Element, wanted: DomElement, before: DomElement | undefined): void {
  const now = inertAttributes(wanted.tag, wanted.attrs, takenNames);
  const then = before ? inertAttributes(before.tag, before.attrs, takenNames) : {};
  for (const name in then) if (!Object.hasOwn(now, name)) removeAttribute(element, name);
  for (const name in now) if (now[name] !== own(then, name)) set(element, name, now[name] as string);
}
