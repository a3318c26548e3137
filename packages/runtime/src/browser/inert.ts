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

const isIcon = (tag: string, attrs: Readonly<Record<string, string>>): boolean =>
  tag === 'link' && /(?:^|\s)icon(?:\s|$)/i.test(attrs['rel'] ?? '');

/** The attributes that are set on an element: the template's without what would run code, load documents or take the focus. */
export function inertAttributes(tag: string, attrs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const drop = isIcon(tag, attrs) ? [] : (dropped[tag] ?? []);
  const out: Record<string, string> = {};
  for (const name in attrs) {
    const lower = name.toLowerCase();
    if (lower.startsWith('on') || droppedEverywhere.has(lower) || drop.includes(lower)) continue;
    out[name] = attrs[name] as string;
  }
  return Object.assign(out, forced[tag]);
}
