import type { CssNode } from 'css-tree';

const step = 1000;

/** Specificity of a selector as one number: ids count a million, classes a thousand, tags one. */
export function specificityOf(selector: CssNode): number {
  return (selector.children ?? []).reduce((sum, part) => sum + weigh(part), 0);
}

function weigh(part: CssNode): number {
  switch (part.type) {
    case 'IdSelector':
      return step * step;
    case 'ClassSelector':
    case 'AttributeSelector':
      return step;
    case 'TypeSelector':
      return part.name === '*' ? 0 : 1;
    case 'PseudoElementSelector':
      return 1;
    case 'PseudoClassSelector':
      return weighPseudoClass(part);
    default:
      return 0;
  }
}

function weighPseudoClass(part: CssNode): number {
  const name = String(part.name).toLowerCase();
  const lists = (part.children ?? []).filter((child) => child.type === 'SelectorList');
  const strongest = Math.max(0, ...lists.flatMap((list) => (list.children ?? []).map(specificityOf)));
  if (name === 'where') return 0;
  if (name === 'is' || name === 'not' || name === 'has' || name === 'matches' || name === '-webkit-any') return strongest;
  if (legacyPseudoElements.has(name)) return 1;
  const nth = (part.children ?? []).find((child) => child.type === 'Nth');
  const of = nth?.selector ? Math.max(0, ...(nth.selector.children ?? []).map(specificityOf)) : 0;
  return step + of;
}

/** Pseudo-elements that may be written with one colon. */
export const legacyPseudoElements: ReadonlySet<string> = new Set(['before', 'after', 'first-line', 'first-letter']);
