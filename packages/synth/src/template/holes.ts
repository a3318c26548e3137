import type { DomElement, Value } from '@backlot/protocol';
import type { Piece } from '@backlot/world';
import { headingsIn, markupValue, unfurnish, withoutHash } from '@backlot/world';
import { hasTools } from '../furniture/learn-tools.ts';
import type { View } from '../views.ts';
import type { Edges } from './edges.ts';
import { edgesOf } from './edges.ts';
import type { ElementPattern, Frame, Instance, PagePattern, Pattern, TextPattern } from './pattern.ts';

/** A place in a page's template whose content differs between occurrences. */
export interface Hole {
  /** Unique in the world: anchor and what of it varies. */
  readonly id: string;
  readonly kind: 'text' | 'attribute' | 'token' | 'presence' | 'prose';
  readonly frame: Frame;
  readonly pattern: Pattern;
  /** Attribute name or class token. */
  readonly name: string;
  /** True for what a user changes directly: a field's value, a box, an option. */
  readonly live: boolean;
  readonly values: ReadonlyMap<Instance, Value>;
}

const flags = new Set(['checked', 'selected', 'disabled', 'hidden', 'required', 'readonly', 'multiple', 'open', 'autofocus']);

const isLive = (element: ElementPattern, name: string): boolean =>
  (name === 'value' && isTyped(element)) || name === 'checked' || name === 'selected';

const isTyped = ({ tag, nodes }: ElementPattern): boolean =>
  tag === 'textarea' || (tag === 'input' && !notTyped.has(nodes.values().next().value?.attrs['type'] ?? 'text'));

/** Kinds of input whose value the user does not type. */
const notTyped = new Set(['hidden', 'submit', 'button', 'reset', 'image', 'checkbox', 'radio']);

/** True where occasions differ. */
export function varies(values: ReadonlyMap<Instance, Value>): boolean {
  const first = values.values().next().value;
  for (const value of values.values()) if (value !== first) return true;
  return false;
}

const classTokens = (node: DomElement): readonly string[] => (node.attrs['class'] ?? '').split(/\s+/).filter(Boolean);

function tokenHoles(element: ElementPattern): Hole[] {
  const tokens = [...new Set([...element.nodes.values()].flatMap(classTokens))].sort();
  return tokens.map((token): Hole => {
    const values = new Map<Instance, Value>();
    for (const [instance, node] of element.nodes) values.set(instance, classTokens(node).includes(token));
    return { id: `${element.anchor}.${token}`, kind: 'token', frame: element.frame, pattern: element, name: token, live: false, values };
  });
}

function attributeNames(element: ElementPattern): readonly string[] {
  const names = new Set<string>();
  for (const node of element.nodes.values()) for (const name of Object.keys(node.attrs)) names.add(name);
  names.delete('class');
  return [...names].sort();
}

function attributeHole(element: ElementPattern, name: string): Hole {
  const values = new Map<Instance, Value>();
  for (const [instance, node] of element.nodes) {
    const value = node.attrs[name];
    values.set(instance, flags.has(name) ? value !== undefined : (value ?? (isLive(element, name) ? '' : null)));
  }
  return {
    id: `${element.anchor}@${name}`,
    kind: 'attribute',
    frame: element.frame,
    pattern: element,
    name,
    live: isLive(element, name),
    values,
  };
}

function presenceHole(pattern: ElementPattern): Hole {
  const values = new Map<Instance, Value>();
  const within = pattern.parent && pattern.parent.frame === pattern.frame ? pattern.parent.nodes.keys() : pattern.frame.instances;
  for (const instance of within) values.set(instance, pattern.nodes.has(instance));
  return { id: `${pattern.anchor}?`, kind: 'presence', frame: pattern.frame, pattern, name: '', live: false, values };
}

function textHole(pattern: TextPattern): Hole {
  const values = new Map<Instance, Value>();
  const { lead, trail } = edgesOf(pattern);
  for (const instance of pattern.parent.nodes.keys()) {
    const text = pattern.nodes.get(instance) ?? '';
    values.set(instance, text.trim() === '' ? text : without(text, { lead, trail }));
  }
  return { id: pattern.anchor, kind: 'text', frame: pattern.frame, pattern, name: '', live: false, values };
}

function without(text: string, { lead, trail }: Edges): string {
  const rest = text.startsWith(lead) ? text.slice(lead.length) : text;
  return rest.endsWith(trail) ? rest.slice(0, rest.length - trail.length) : rest;
}

/** What written text an element holds, as one value. */
function proseHole(element: ElementPattern): Hole {
  const values = new Map<Instance, Value>();
  const { furniture } = element;
  for (const [instance, { children }] of element.nodes)
    values.set(instance, markupValue(furniture ? unfurnish(children, furniture.furniture) : children));
  return { id: `${element.anchor}*`, kind: 'prose', frame: element.frame, pattern: element, name: '', live: false, values };
}

/** Whether a document that has sections has tools behind them. */
function toolsHole(element: ElementPattern, tools: Piece): Hole {
  const values = new Map<Instance, Value>();
  for (const [instance, { children }] of element.nodes)
    if (headingsIn(children).length > 0) values.set(instance, hasTools(children, tools));
  return { id: `${element.anchor}+`, kind: 'presence', frame: element.frame, pattern: element, name: 'tools', live: false, values };
}

function collect(pattern: Pattern, holes: Hole[]): void {
  if (pattern.kind === 'list') {
    collect(pattern.item, holes);
    return;
  }
  if (pattern.kind === 'text') {
    holes.push(textHole(pattern));
    return;
  }
  const isItem = pattern.parent === null || pattern.parent.frame !== pattern.frame;
  if (!isItem && !pattern.hangsOn) holes.push(presenceHole(pattern));
  for (const name of attributeNames(pattern)) holes.push(attributeHole(pattern, name));
  holes.push(...tokenHoles(pattern));
  if (pattern.prose && !pattern.lists) holes.push(proseHole(pattern));
  if (pattern.furniture?.furniture.tools) holes.push(toolsHole(pattern, pattern.furniture.furniture.tools));
  for (const kid of pattern.kids) collect(kid, holes);
}

/** Everything in a page that may differ between its occurrences, in document order, whether it was seen to or not. */
export function possibleHoles(page: PagePattern): readonly Hole[] {
  const holes: Hole[] = [];
  collect(page.root, holes);
  return holes;
}

/** Everything in a page that is not the same in all its occurrences, in document order. */
export function holesOf(page: PagePattern): readonly Hole[] {
  return possibleHoles(page).filter((hole) => varies(hole.values));
}

/** Hidden fields and addresses are never seen: nothing is remembered of them but what their page showed. */
export function isOutOfSight(hole: Hole): boolean {
  if (hole.kind !== 'attribute' || hole.pattern.kind !== 'element') return false;
  if (hole.name === 'href' || hole.name === 'action' || hole.name === 'src') return true;
  return hole.name === 'value' && hole.pattern.nodes.values().next().value?.attrs['type'] === 'hidden';
}

/** A page life at one address: scripts that move to another address show what they asked for there, as a document would. */
export function loadOf({ session, load, url }: View): string {
  return `${session} ${load} ${withoutHash(url)}`;
}

/** Holes that change while a page stays loaded, at one address, are the page's own affair; the others came with what was asked for. */
export function changesInLoad(hole: Hole): boolean {
  const byLoad = new Map<string, Value>();
  const changed = new Set<string>();
  for (const [instance, value] of hole.values) {
    const load = loadOf(instance.view);
    if (byLoad.has(load) && byLoad.get(load) !== value) changed.add(load);
    byLoad.set(load, value);
  }
  const tolerated = (hole.kind === 'prose' ? folded : caught) * byLoad.size;
  return changed.size > (isWorded(hole) ? tolerated : Math.min(1, tolerated));
}

/** True for texts and attributes that hold them; one switch that was seen to change is an accident, two are none. */
const isWorded = ({ kind, values }: Hole): boolean =>
  kind === 'text' || kind === 'prose' || (kind === 'attribute' && [...values.values()].every((value) => typeof value === 'string'));

/** Share of page lives in which recorders catch a page in the middle of a change. */
const caught = 0.02;

/** Share of page lives in which a part of a document may be folded in or out: it is still the same document. */
const folded = 0.1;
