import type { DomElement } from '@backlot/protocol';
import type { RuleIndex } from '../rule-index.ts';
import { mayMatch } from '../selector.ts';
import { splitWords, type StyledElement } from '../styled-element.ts';
import type { Context } from './context.ts';
import { factsOf, type Facts } from './facts.ts';
import type { Marks } from './marks.ts';

/** How many styled forms of an element are kept. */
const mostForms = 3;

/** What stands in these decides about all that is in it. */
const bound = new Set(['select', 'datalist', 'details', 'label']);

/**
 * Lets pages have the styled elements that they have in common in common. A styled form may stand in another page where the context is the
 * same, nothing in it refers to what is outside, and nothing outside refers to it.
 */
export class Sharing {
  readonly #index: RuleIndex;
  readonly #marks: Marks;
  readonly #labels: ReadonlyMap<string, number>;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #owned: ReadonlyMap<string, number>;

  private constructor(index: RuleIndex, marks: Marks, page: Facts) {
    this.#index = index;
    this.#marks = marks;
    this.#labels = counted(page.fors);
    const wanted = new Set([...page.fors, ...page.reads]);
    this.#ids = counted(page.ids.filter((id) => wanted.has(id)));
    this.#owned = counted(page.owned);
  }

  /** Null for pages that no world painted. */
  static of(root: DomElement, index: RuleIndex, marks: Marks): Sharing | null {
    return root.key === undefined ? null : new Sharing(index, marks, factsOf(root));
  }

  get outermost(): Context {
    return this.#index.context;
  }

  /** A styled form made for another page. */
  known(element: DomElement, context: Context): StyledElement | undefined {
    const facts = factsOf(element);
    for (const form of facts.styled) if (form.context === context) return this.#isFree(element, facts) ? form.element : undefined;
    return undefined;
  }

  /** Lets other pages have it, where it hangs on nothing outside but the context. */
  keep(element: DomElement, context: Context, styled: StyledElement): void {
    const facts = factsOf(element);
    if (!this.#isFree(element, facts)) return;
    styled.isFree = true;
    facts.styled = [{ context, element: styled }, ...facts.styled.slice(0, mostForms - 1)];
  }

  /** Whether what is below the element hangs on nothing but itself and the context. */
  #isFree(element: DomElement, facts: Facts): boolean {
    if (element.tag === 'th' || facts.isTied || this.#marks.has(element)) return false;
    if (this.#isOwnedFromOutside(facts)) return false;
    if (facts.reads.length === 0 && facts.controls.length === 0) return true;
    const isOwn = (id: string): boolean => this.#ids.get(id) === undefined || this.#ids.get(id) === occurrences(facts.ids, id);
    return (
      facts.reads.every(isOwn) &&
      facts.controls.every((id) => {
        const labels = this.#labels.get(id);
        return labels === undefined || (labels === occurrences(facts.fors, id) && isOwn(id));
      })
    );
  }

  /** An owned element stands with its owner, so its own place tells less than what is around. */
  #isOwnedFromOutside({ ids, owned }: Facts): boolean {
    if (ids.length > 0) for (const [id, owners] of this.#owned) if (ids.includes(id) && owners !== occurrences(owned, id)) return true;
    return false;
  }

  /** The context of the children of an element; null where there are none, or where they hang on too much. */
  contextIn(element: DomElement, context: Context): Context | null {
    if (!element.children.some((child) => 'tag' in child)) return null;
    if (bound.has(element.tag) || (element.tag === 'fieldset' && 'disabled' in element.attrs)) return null;
    const text = this.#textOf(element);
    return context.within(this.#isSuspect(element) ? `${text}#${factsOf(element).id}` : text);
  }

  /**
   * The contexts of an element's children, each with what stands before and behind it; null where selectors don't look sideways, so that
   * it is the one around them all.
   */
  contextsOf({ children }: DomElement, around: Context): readonly Context[] | null {
    if (!this.#index.looksSideways) return null;
    const siblings = children.filter((child) => 'tag' in child);
    const texts = siblings.map((sibling) => this.#siblingText(sibling));
    const contexts: Context[] = [];
    let behind = around.beside('>');
    for (let i = siblings.length - 1; i >= 0; i -= 1) {
      contexts[i] = behind;
      behind = behind.beside(texts[i] as string);
    }
    let before = around.beside('<');
    return contexts.map((context, i) => {
      const own = context.beside(String(before.id));
      before = before.beside(texts[i] as string);
      return own;
    });
  }

  /** Whether what is below the element may change how itself, and what it contains, looks. */
  #isSuspect({ tag, attrs }: DomElement): boolean {
    const { suspects } = this.#index;
    if (suspects.length === 0) return false;
    const classes = splitWords(attrs['class'] ?? '');
    return suspects.some((compound) => mayMatch(compound, { tag, attrs, classes }));
  }

  #siblingText(element: DomElement): string {
    const { tag } = element;
    const hangsOnContent = tag === 'select' || tag === 'textarea' || this.#isSuspect(element);
    const isEmpty = element.children.every((child) => 'text' in child && child.text === '');
    const text = this.#textOf(element);
    return isEmpty || hangsOnContent ? `${text}${isEmpty ? '!' : ''}${hangsOnContent ? `#${factsOf(element).id}` : ''}` : text;
  }

  #textOf(element: DomElement): string {
    const { text } = factsOf(element);
    const letters = this.#lettersOf(element);
    return letters === '' ? text : `${text}\n${letters}`;
  }

  /** What the marks say of the element itself; that it contains a marked one, only where selectors ask for it. */
  #lettersOf(element: DomElement): string {
    const letters = this.#marks.get(element);
    if (letters === undefined) return '';
    return this.#index.heedsWithin || this.#isSuspect(element) ? letters : letters.replace(/[ft]/g, '');
  }
}

function occurrences(list: readonly string[], wanted: string): number {
  let count = 0;
  for (const each of list) if (each === wanted) count += 1;
  return count;
}

function counted(list: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const each of list) found.set(each, (found.get(each) ?? 0) + 1);
  return found;
}
