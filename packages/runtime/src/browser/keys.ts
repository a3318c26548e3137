import type { World } from '@backlot/protocol';
import { anchorOf } from '@backlot/world';

const spelled: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' };

/** The name of a key press as Playwright spells it: `Enter`, `a`, `A`, `Control+s`, `Shift+Tab`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>): string {
  const key = spelled[event.key] ?? event.key;
  const printable = key.length === 1;
  const held = [event.ctrlKey && 'Control', event.altKey && 'Alt', event.metaKey && 'Meta', event.shiftKey && !printable && 'Shift'];
  return [...held.filter((name) => name !== false), key].join('+');
}

/** What kind of element a key is pressed in, as far as the browser's own doing goes. */
export type KeyPlace = 'line' | 'text' | 'other';

/** True for keys whose default the interpreter carries out itself: sending a form, pressing a button, moving the focus. */
export function isInterpreted(name: string, place: KeyPlace): boolean {
  if (name === 'Tab' || name === 'Escape') return true;
  if (name === 'Enter') return place !== 'text';
  return name === 'Space' && place === 'other';
}

/** Answers whether a rule of the world listens for an event on one of these elements of a page. */
export type RuleFinder = (page: string, keys: readonly string[], key?: string) => boolean;

/** Looks up which anchors have rules for one kind of event. A key name narrows to rules for that key or for any. */
export function ruleFinder(world: World, event: 'key' | 'hover'): RuleFinder {
  const anchors = new Map<string, Set<string>>();
  for (const { on } of world.rules) {
    if (!('ui' in on) || on.ui.event !== event) continue;
    const names = anchors.get(`${on.ui.page} ${on.ui.anchor}`) ?? new Set();
    anchors.set(`${on.ui.page} ${on.ui.anchor}`, names.add(on.ui.key ?? '*'));
  }
  return (page, keys, key) =>
    keys.some((elementKey) => {
      const names = anchors.get(`${page} ${anchorOf(elementKey)}`);
      return names !== undefined && (key === undefined || names.has('*') || names.has(key));
    });
}
