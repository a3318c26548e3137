import type { DomElement } from '@backlot/protocol';
import { isObject, objectsOf } from './events.ts';
import type { Json } from './events.ts';
import { applyInput } from './input.ts';
import type { Interner } from './interner.ts';
import { freeze, MAX_DEPTH, readNode, setAttribute, touch } from './mirror-node.ts';
import type { MirrorNode } from './mirror-node.ts';
import { patchStyle } from './style-text.ts';

/** Told of everything that could not be carried out or is not understood. */
export type Tell = (reason: string) => void;

const content = new Map([
  ['iframe', 'a frame, whose content is not read'],
  ['frame', 'a frame, whose content is not read'],
  ['canvas', 'a canvas, whose picture is not read'],
  ['object', 'an embedded object, which is not read'],
  ['embed', 'an embedded object, which is not read'],
]);

/** The recorded page, rebuilt event by event. */
export class Mirror {
  readonly #interner: Interner;
  readonly #tell: Tell;
  #nodes = new Map<number, MirrorNode>();
  #document: MirrorNode | null = null;

  constructor(interner: Interner, tell: Tell) {
    this.#interner = interner;
    this.#tell = tell;
  }

  /** Replaces the page by a full snapshot. False where the snapshot holds no document. */
  load(json: unknown): boolean {
    this.#nodes = new Map();
    this.#document = isObject(json) ? this.#grow(json, null) : null;
    return this.root() !== null;
  }

  /** The page as it now stands: its `html` element, or null before the first snapshot. */
  root(): DomElement | null {
    const html = this.#document?.children.find((child) => child.kind === 'element');
    return html === undefined ? null : freeze(html, this.#interner);
  }

  /** True where the node is on the page. */
  has(id: number): boolean {
    return this.#nodes.has(id);
  }

  /** Applies one mutation event. */
  mutate(data: Json): void {
    for (const { id } of objectsOf(data['removes'])) this.#remove(id);
    this.#addAll(objectsOf(data['adds']));
    for (const { id, value } of objectsOf(data['texts'])) this.#text(id, value);
    for (const { id, attributes } of objectsOf(data['attributes'])) this.#attributes(id, attributes);
  }

  /** Applies an input event: the live state of a field. False where it changed nothing. */
  input(data: Json): boolean {
    const node = this.#find(data['id'], 'an input');
    return node === null ? false : applyInput(node, typeof data['text'] === 'string' ? data['text'] : '', data['isChecked'] === true);
  }

  /** Adds rules that a script inserted to the text of their style sheet. */
  insertRules(data: Json): void {
    if (Array.isArray(data['removes']) && data['removes'].length > 0) this.#tell('style rules removed by a script, which are kept');
    const node = this.#nodes.get(Number(data['id']));
    if (node === undefined) return;
    const added = objectsOf(data['adds']).map(({ rule }) => String(rule));
    const text = node.attrs.get('_cssText') ?? node.children.map((child) => child.text).join('');
    const whole = typeof data['replaceSync'] === 'string' ? data['replaceSync'] : [text, ...added].join('\n');
    node.attrs.set('_cssText', whole);
    touch(node);
  }

  #find(id: unknown, what: string): MirrorNode | null {
    const node = typeof id === 'number' ? this.#nodes.get(id) : undefined;
    if (node === undefined) this.#tell(`${what} on a node that the page does not hold, which is passed over`);
    return node ?? null;
  }

  /** Builds a node with all below it; null where it cannot be part of the page. */
  #grow(json: Json, parent: MirrorNode | null): MirrorNode | null {
    const node = readNode(json);
    if (node === null) {
      this.#tell('a node without id, type or tag, which is left out');
      return null;
    }
    node.depth = parent === null ? 0 : parent.depth + 1;
    if (node.depth > MAX_DEPTH) {
      this.#tell(`nodes nested deeper than ${MAX_DEPTH}, which are left out`);
      return null;
    }
    node.parent = parent;
    this.#nodes.set(node.id, node);
    this.#notice(node);
    for (const child of objectsOf(json['childNodes'])) {
      const grown = this.#grow(child, node);
      if (grown !== null) node.children.push(grown);
    }
    return node;
  }

  #notice(node: MirrorNode): void {
    const known = content.get(node.tag);
    if (known !== undefined) this.#tell(known);
    if (node.shadow) this.#tell('content of a shadow tree, which is not read');
    const editable = node.attrs.get('contenteditable');
    if (editable !== undefined && editable !== 'false') this.#tell('an editable region, whose edits are not read as actions');
  }

  /** Additions come in any order: those whose neighbours are not there yet wait for them. */
  #addAll(adds: readonly Json[]): void {
    const waiting = new Map<number, Json[]>();
    for (const first of adds) {
      const ready = [first];
      for (let add = ready.pop(); add !== undefined; add = ready.pop()) {
        const missing = this.#missingFor(add);
        if (missing === null) {
          this.#add(add);
          const id = isObject(add['node']) ? Number(add['node']['id']) : Number.NaN;
          ready.push(...(waiting.get(id) ?? []));
          waiting.delete(id);
        } else waiting.set(missing, [...(waiting.get(missing) ?? []), add]);
      }
    }
    for (const add of [...waiting.values()].flat()) this.#add(add);
  }

  /** The id of the parent or next sibling that an addition has to wait for. */
  #missingFor(add: Json): number | null {
    const parent = Number(add['parentId']);
    if (!this.#nodes.has(parent)) return parent;
    const next = add['nextId'];
    return typeof next === 'number' && !this.#nodes.has(next) ? next : null;
  }

  #add(add: Json): void {
    const parent = this.#nodes.get(Number(add['parentId']));
    const json = add['node'];
    if (parent === undefined || !isObject(json)) {
      this.#tell('a node added to a parent that the page does not hold, which is left out');
      return;
    }
    const old = this.#nodes.get(Number(json['id']));
    if (old === parent) return;
    if (old !== undefined) this.#detach(old);
    if (!this.#nodes.has(parent.id)) return;
    const node = this.#grow(json, parent);
    if (node === null) return;
    const next = typeof add['nextId'] === 'number' ? this.#nodes.get(add['nextId']) : undefined;
    const at = next === undefined ? -1 : parent.children.indexOf(next);
    if (at < 0) parent.children.push(node);
    else parent.children.splice(at, 0, node);
    touch(parent);
  }

  #remove(id: unknown): void {
    const node = this.#find(id, 'a removal');
    if (node !== null) this.#detach(node);
  }

  #detach(node: MirrorNode): void {
    const { parent } = node;
    if (parent !== null) parent.children = parent.children.filter((child) => child !== node);
    touch(parent);
    node.parent = null;
    this.#forget(node);
  }

  #forget(node: MirrorNode): void {
    if (this.#nodes.get(node.id) === node) this.#nodes.delete(node.id);
    for (const child of node.children) this.#forget(child);
  }

  #text(id: unknown, value: unknown): void {
    const node = this.#find(id, 'a change of text');
    if (node === null) return;
    node.text = typeof value === 'string' ? value : '';
    touch(node);
  }

  #attributes(id: unknown, changes: unknown): void {
    const node = this.#find(id, 'a change of attributes');
    if (node === null || !isObject(changes)) return;
    for (const [name, value] of Object.entries(changes)) {
      // Once a field's live state has been set, its attributes no longer show.
      if (node.dirty && (name === 'value' || name === 'checked')) continue;
      if (name === 'style' && isObject(value)) node.attrs.set(name, patchStyle(node.attrs.get(name) ?? '', value));
      else setAttribute(node.attrs, name, value);
    }
    touch(node);
  }
}
