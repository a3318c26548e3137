import type { DomElement, DomNode, PageView, Step, WorldEvent } from '@backlot/protocol';

/** What a page offers, told by signatures: texts that are equal for what a user would take for the same element on two pages. */
export interface Offer {
  readonly signatures: ReadonlySet<string>;
  /** By recorder node, or by the world's key: the element's signature, and the form around it. */
  readonly places: ReadonlyMap<number | string, ElementPlace>;
}

/** An element's signature, and that of the form or dialog around it; empty where there is none. */
export interface ElementPlace {
  readonly signature: string;
  readonly form: string;
}

const longestText = 60;
const collapse = (text: string): string => text.trim().replace(/\s+/g, ' ');
const ownText = (node: DomNode): string => ('text' in node ? node.text : node.children.map(ownText).join(' '));
const naming = ['name', 'aria-label', 'placeholder', 'for'] as const;
const offers = new WeakMap<DomElement, Offer>();

/** Reads once what a page offers. */
export function offerOf({ root }: PageView): Offer {
  const known = offers.get(root);
  if (known) return known;
  const signatures = new Set<string>();
  const places = new Map<number | string, ElementPlace>();
  const seen = new Map<string, number>();
  const visit = (element: DomElement, form: string): void => {
    const plain = signatureOf(element, form);
    const before = seen.get(plain) ?? 0;
    seen.set(plain, before + 1);
    const signature = before === 0 || element.attrs['href'] !== undefined ? plain : `${plain}#${before}`;
    const place = { signature, form };
    signatures.add(signature);
    if (element.id !== undefined) places.set(element.id, place);
    if (element.key !== undefined) places.set(element.key, place);
    const inside = isForm(element) ? formOf(element) : form;
    for (const child of element.children) if ('tag' in child) visit(child, inside);
  };
  visit(root, '');
  const offer = { signatures, places };
  offers.set(root, offer);
  return offer;
}

const isForm = ({ tag, attrs }: DomElement): boolean => tag === 'form' || tag === 'dialog' || attrs['role'] === 'dialog';
const formOf = ({ tag, attrs }: DomElement): string =>
  `${tag} ${isMadeUp(attrs['id'] ?? '') ? '' : attrs['id']} ${(attrs['action'] ?? '').split('?')[0]}`;

/** Link by address, field by name, anything else by its label or text. What is typed or ticked, numbers and made-up ids are left out. */
function signatureOf(element: DomElement, form: string): string {
  const { tag, attrs } = element;
  const href = attrs['href'] ?? '';
  if (href !== '' && !href.endsWith('#')) return `${tag} ${href}`;
  const names = naming.map((name) => attrs[name] ?? '').filter((name) => name !== '');
  const isField = tag === 'input' || tag === 'select' || tag === 'textarea';
  const text = isField || attrs['aria-label'] !== undefined ? '' : shortText(element);
  const id = isMadeUp(attrs['id'] ?? '') ? '' : (attrs['id'] ?? '');
  const look = text === '' && names.length === 0 && id === '' ? (attrs['class'] ?? '') : '';
  return [tag, id, ...names, attrs['type'], attrs['role'], text, look, form].join('|').replace(/\d+/g, '#');
}

/** Ids that a program counted out name nothing. */
const isMadeUp = (id: string): boolean => /\d|^_|[:«»]/.test(id);

function shortText(element: DomElement): string {
  const text = collapse(ownText(element));
  return text.length <= longestText ? text : '';
}

/** The place of the element that a step acted on; null where the log doesn't tell it, or the action has none. */
export function placeOf(step: Step, events: readonly WorldEvent[]): ElementPlace | null {
  const { places } = offerOf(step.before);
  if (step.node !== undefined) return places.get(step.node) ?? null;
  const key = events.map((event) => ('key' in event ? event.key : undefined)).find((each) => each !== undefined);
  return key === undefined ? null : (places.get(key) ?? null);
}
