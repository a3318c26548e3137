import type { Template, World } from '@backlot/protocol';
import { mapPages, type ElementTemplate } from './templates.ts';

/** Ways to call a control otherwise that hold in any language. */
const ways: readonly ((name: string) => string)[] = [(name) => `→ ${name}`, (name) => `${name} ›`, (name) => `${name}…`];

/** Buttons and links with words of their own are called a little otherwise. */
export function withOtherNames(world: World, seed: number): World {
  const rename = ways[seed % ways.length] as (name: string) => string;
  return mapPages(world, (element) => (isNamed(element) ? renamed(element, rename) : element));
}

const buttonTypes: ReadonlySet<unknown> = new Set(['submit', 'button']);
const isNamed = ({ el, attrs }: ElementTemplate): boolean =>
  el === 'button' || el === 'a' || (el === 'input' && buttonTypes.has(attrs['type']));

function renamed(element: ElementTemplate, rename: (name: string) => string): ElementTemplate {
  const attrs = { ...element.attrs };
  for (const name of ['aria-label', element.el === 'input' ? 'value' : 'title']) {
    const text = attrs[name];
    if (typeof text === 'string' && text.trim() !== '') attrs[name] = rename(text);
  }
  return { ...element, attrs, kids: firstTextChanged(element.kids, rename) };
}

/** Text that a page always shows, the first there is. */
function firstTextChanged(kids: readonly Template[], rename: (name: string) => string): readonly Template[] {
  let isDone = false;
  return kids.map((kid) => {
    if (isDone) return kid;
    if ('text' in kid && typeof kid.text === 'string' && /\w/.test(kid.text)) {
      isDone = true;
      return { text: rename(kid.text.trim()) };
    }
    if (!('el' in kid)) return kid;
    const inside = firstTextChanged(kid.kids, rename);
    isDone = inside.some((each, i) => each !== kid.kids[i]);
    return isDone ? { ...kid, kids: inside } : kid;
  });
}

const controls = new Set(['a', 'button', 'input', 'select', 'textarea']);

const holdsControl = (template: Template): boolean =>
  'el' in template && (controls.has(template.el) || template.kids.some((kid) => holdsControl(kid)));

const isBlank = (template: Template): boolean => 'text' in template && typeof template.text === 'string' && template.text.trim() === '';

/** Controls that stand beside each other stand the other way round: menus, links, buttons, cells. */
export function withOtherPlaces(world: World): World {
  return mapPages(world, (element) => ({ ...element, kids: turned(element.kids) }));
}

/** Every stretch of siblings that hold controls, turned round. */
function turned(kids: readonly Template[]): readonly Template[] {
  const done: Template[] = [];
  for (let at = 0; at < kids.length;) {
    const rest = kids.slice(at);
    const end = rest.findIndex((kid) => !holdsControl(kid) && !isBlank(kid));
    const stretch = rest.slice(0, end < 0 ? rest.length : Math.max(1, end));
    done.push(...stretch.toReversed());
    at += stretch.length;
  }
  return done;
}
