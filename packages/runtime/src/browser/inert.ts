import { own } from '@backlot/world';

/**
 * What a template may hold but a clone never carries out: scripts, frames, plug-ins, further style sheets, refreshes.
 * The elements stay in the tree, so that selectors count the same children; what would act or load is left out.
 */
const dropped: Readonly<Record<string, readonly string[]>> = {
  script: ['src', 'type', 'href'],
  style: ['type', 'media'],
  iframe: ['src', 'srcdoc'],
  frame: ['src'],
  embed: ['src'],
  object: ['data'],
  base: ['href'],
  link: ['href'],
  meta: ['http-equiv'],
};

/** `autofocus` is the browser's own doing: which field has the focus is the state's to say. */
const droppedEverywhere = new Set(['autofocus', 'nonce', 'integrity', 'xmlns']);

/** Attributes that an element gets whatever its template says, so that it does nothing. */
const forced: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  script: { type: 'text/plain' },
  style: { type: 'text/plain' },
};

/** Which names documents and forms have of themselves: what bears one would stand in for it. */
export interface TakenNames {
  readonly ofDocuments: (name: string) => boolean;
  readonly ofForms: (name: string) => boolean;
}

/** Elements that are members of their document under these attributes: `<img name="querySelector">` would take its place. */
const documentMembers: Readonly<Record<string, readonly string[]>> = {
  embed: ['name'],
  form: ['name'],
  iframe: ['name'],
  img: ['name'],
  object: ['name', 'id'],
};

/** Elements that are members of the form they are in, under their `name` and `id`. */
const formMembers = new Set(['button', 'fieldset', 'img', 'input', 'object', 'output', 'select', 'textarea']);

/** Whoever looks at the page, in whatever world of scripts, calls what documents and forms have: no element may stand in for that. */
function isStandIn(tag: string, { name, value }: { readonly name: string; readonly value: string }, taken: TakenNames): boolean {
  if (name !== 'name' && name !== 'id') return false;
  return (own(documentMembers, tag)?.includes(name) === true && taken.ofDocuments(value)) || (formMembers.has(tag) && taken.ofForms(value));
}

const isIcon = (tag: string, attrs: Readonly<Record<string, string>>): boolean =>
  tag === 'link' && /(?:^|\s)icon(?:\s|$)/i.test(attrs['rel'] ?? '');

/** The attributes that are set on an element: the template's without what would run code, load documents, take the focus or a taken name. */
export function inertAttributes(tag: string, attrs: Readonly<Record<string, string>>, taken: TakenNames): Readonly<Record<string, string>> {
  const drop = isIcon(tag, attrs) ? [] : (own(dropped, tag) ?? []);
  const out: Record<string, string> = {};
  for (const name in attrs) {
    const lower = name.toLowerCase();
    const value = attrs[name] as string;
    if (lower.startsWith('on') || droppedEverywhere.has(lower) || drop.includes(lower) || isStandIn(tag, { name: lower, value }, taken))
      continue;
    out[name] = value;
  }
  return Object.assign(out, own(forced, tag));
}
