import type { DomElement, StyleRule } from '@backlot/protocol';
import { computeStyles, type Interaction, type StyledDocument } from '../css/compute-styles.ts';
import { inputType, labelable } from '../css/form-state.ts';
import { heededPart } from '../css/heed.ts';
import { indexRules } from '../css/rule-index.ts';
import { splitWords, type StyledElement } from '../css/styled-element.ts';

/** A page with what was found out about it as a whole. */
export class PageModel {
  readonly document: StyledDocument;
  /** The snapshot, once it was printed. */
  snapshot: string | null = null;
  /** What targets mean, as far as it was asked. */
  readonly found = new Map<string, DomElement | null>();
  #labels: Map<StyledElement, StyledElement[]> | null = null;

  constructor(document: StyledDocument) {
    this.document = document;
  }

  /** Elements that an attribute of ids refers to, each once, in the order of the ids. */
  references(ids: string | undefined): readonly StyledElement[] {
    if (ids === undefined) return [];
    const found = new Set<StyledElement>();
    for (const id of splitWords(ids)) {
      const element = this.document.byId.get(id);
      if (element !== undefined) found.add(element);
    }
    return [...found];
  }

  /** The labels of a form control, in document order. */
  labelsOf(element: StyledElement): readonly StyledElement[] {
    this.#labels ??= this.#collectLabels();
    return this.#labels.get(element) ?? [];
  }

  #collectLabels(): Map<StyledElement, StyledElement[]> {
    const labels = new Map<StyledElement, StyledElement[]>();
    for (const label of this.document.landmarks) {
      if (label.tag !== 'label') continue;
      const control = this.#controlOf(label);
      if (control === undefined) continue;
      const known = labels.get(control);
      if (known === undefined) labels.set(control, [label]);
      else known.push(label);
    }
    return labels;
  }

  #controlOf(label: StyledElement): StyledElement | undefined {
    const id = label.attrs['for'];
    if (id === undefined) return firstLabelable(label);
    const control = this.document.byId.get(id);
    return control !== undefined && isLabelable(control) ? control : undefined;
  }
}

function isLabelable(element: StyledElement): boolean {
  return labelable.has(element.tag) && !(element.tag === 'input' && inputType(element) === 'hidden');
}

function firstLabelable(element: StyledElement): StyledElement | undefined {
  for (const child of element.elements) {
    const found = isLabelable(child) ? child : firstLabelable(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Remembered {
  readonly rules: readonly StyleRule[];
  readonly interaction: Interaction;
  readonly model: PageModel;
}

const models = new WeakMap<DomElement, Remembered>();

/** The model of a tree; the last one is remembered with the tree, which must not change. */
export function pageModel(root: DomElement, rules: readonly StyleRule[], interaction: Interaction = {}): PageModel {
  const known = models.get(root);
  const heeded = heededPart(root, interaction, indexRules(rules).heeds);
  if (known !== undefined && known.rules === rules && isSame(known.interaction, heeded)) return known.model;
  const model = new PageModel(computeStyles(root, rules, heeded));
  models.set(root, { rules, interaction: heeded, model });
  return model;
}

function isSame(a: Interaction, b: Interaction): boolean {
  return a.hover === b.hover && a.focus === b.focus && a.target === b.target;
}
