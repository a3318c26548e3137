import type { DomElement } from '@backlot/protocol';
import type { Perception } from '../perception.ts';
import { isActing } from './elements.ts';
import { nearest, placeOf, placesOf } from './places.ts';
import type { Place } from './places.ts';

const labelable = new Set(['button', 'input', 'meter', 'output', 'progress', 'select', 'textarea']);

const containers = new Set(
  (
    'alertdialog application banner complementary contentinfo dialog document feed form grid group list listbox log main menu ' +
    'menubar navigation radiogroup region rowgroup search table tablist tabpanel toolbar tree'
  ).split(' '),
);

/**
 * The element that a click on a node is meant for: the nearest one above that is made to be acted on, the control of a
 * label, else one that takes focus, else the nearest one that assistive technology knows as a thing (a list item, a heading),
 * else the element itself.
 */
export function actionableOf(root: DomElement, node: number, perception: Perception): DomElement | null {
  const place = placeOf(root, node);
  if (place === null) return null;
  const found = nearest(place, (element) => isActing(element) || element.tag === 'label');
  const control = found?.element.tag === 'label' ? controlOf(root, found) : null;
  if (control !== null) return control;
  const acting = nearest(place, isActing);
  if (acting !== null && !isFar(place, acting)) return acting.element;
  const focusable = nearest(place, (element) => 'tabindex' in element.attrs && element.tag !== 'body');
  if (focusable !== null && !isContainer(focusable.element)) return focusable.element;
  return (thing(root, place, perception) ?? drawing(place)).element;
}

/** The control that a label belongs to: named by `for`, else the first one inside. */
function controlOf(root: DomElement, label: Place): DomElement | null {
  const id = label.element.attrs['for'];
  const places = placesOf(root);
  if (id !== undefined) return places.find(({ element }) => element.attrs['id'] === id && labelable.has(element.tag))?.element ?? null;
  const inside = (place: Place): boolean => nearest(place, (element) => element === label.element) !== null;
  return (
    places.find((place) => labelable.has(place.element.tag) && place.element.attrs['type'] !== 'hidden' && inside(place))?.element ?? null
  );
}

/** True where a dialog or document boundary lies between: what is above it is not meant. */
function isFar(place: Place, acting: Place): boolean {
  for (let at: Place | null = place; at !== null && at !== acting; at = at.parent) {
    if (/^(dialog|alertdialog|document)$/.test(at.element.attrs['role'] ?? '')) return true;
  }
  return false;
}

/** Panes take focus so that they can be scrolled; nobody means to click them. */
function isContainer(element: DomElement): boolean {
  return (
    /^(dialog|alertdialog|document|main|region|tabpanel|application|group|listbox|menu|grid|tree)$/.test(element.attrs['role'] ?? '') ||
    element.tag === 'main'
  );
}

/** The nearest element with a role, unless it is a container of many things. */
function thing(root: DomElement, place: Place, perception: Perception): Place | null {
  for (let at: Place | null = place; at !== null; at = at.parent) {
    const role = perception.roleOf(root, at.element);
    if (role !== null) return containers.has(role) ? null : at;
  }
  return null;
}

/** A shape inside of a drawing stands for the drawing. */
function drawing(place: Place): Place {
  let at = place;
  while (at.element.svg === true && at.element.tag !== 'svg' && at.parent !== null) at = at.parent;
  return at;
}
