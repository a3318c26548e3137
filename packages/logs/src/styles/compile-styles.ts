import type { StyleRule } from '@backlot/protocol';
import { parseSelector } from '@backlot/world';
import type { CssNode } from 'css-tree';
import { valuesOf, type Declared } from './declared-values.ts';
import { LayerTree } from './layers.ts';
import type { Viewport } from './media.ts';
import { flatRules, textOf, type FlatRule } from './sheet-walk.ts';
import { legacyPseudoElements, specificityOf } from './specificity.ts';
import { keepUsedVariables } from './used-variables.ts';

const remembered = new Map<string, readonly StyleRule[]>();
const maxRemembered = 64;

/**
 * Compiles style sheets to what decides an accessibility snapshot: rules in cascade order, weakest first. Media
 * conditions are resolved for a desktop screen of the viewport's size; `@container` and `@scope` blocks are left out.
 * The same sheets give the same array again, so that what is indexed by it is indexed once.
 */
export function compileStyles(sheets: readonly string[], viewport: Viewport): readonly StyleRule[] {
  const key = `${viewport.width} ${viewport.height}\u0000${sheets.join('\u0000')}`;
  let rules = remembered.get(key);
  if (rules === undefined) {
    rules = compile(sheets, viewport);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= maxRemembered) remembered.delete(oldest);
    remembered.set(key, rules);
  }
  return rules;
}

interface Ranked {
  readonly rule: StyleRule;
  readonly layer: number;
  readonly order: number;
}

function compile(sheets: readonly string[], viewport: Viewport): readonly StyleRule[] {
  const layers = new LayerTree();
  const flat = sheets.flatMap((sheet) => flatRules(sheet, viewport, layers));
  const ranks = layers.ranks();
  const ranked: Ranked[] = [];
  for (const rule of flat) {
    for (const style of styleRules(rule)) ranked.push({ rule: style, layer: ranks.get(rule.layer) ?? 0, order: ranked.length });
  }
  return keepUsedVariables(withoutIdle(ranked.sort(byStrength).map(({ rule }) => rule)));
}

/** Important rules come last, and with them the order of layers is the other way round. */
function byStrength(a: Ranked, b: Ranked): number {
  const isImportant = a.rule.important === true;
  if (isImportant !== (b.rule.important === true)) return isImportant ? 1 : -1;
  const byLayer = isImportant ? b.layer - a.layer : a.layer - b.layer;
  return byLayer || a.rule.specificity - b.rule.specificity || a.order - b.order;
}

function styleRules(flat: FlatRule): readonly StyleRule[] {
  const { normal, important } = valuesOf(flat.declarations);
  const rules: StyleRule[] = [];
  if (isEmpty(normal) && isEmpty(important)) return rules;
  const boxes = flat.selectors.map(boxOf);
  // One selector that a browser does not understand takes the whole rule with it.
  if (boxes.includes(null)) return rules;
  for (const box of boxes) {
    if (box === null || box === 'unseen') continue;
    if (!isEmpty(normal)) rules.push({ ...box, ...normal });
    if (!isEmpty(important)) rules.push({ ...box, important: true, ...important });
  }
  return rules;
}

function isEmpty(declared: Declared): boolean {
  return Object.keys(declared).length === 0;
}

/** The element and the box of it that a selector means; `unseen` for boxes that no snapshot shows, null for no selector. */
function boxOf(selector: CssNode): Pick<StyleRule, 'selector' | 'specificity' | 'pseudo'> | 'unseen' | null {
  const parts = selector.children ?? [];
  const at = parts.findIndex(isPseudoElement);
  const specificity = specificityOf(selector);
  const rest = at === -1 ? parts : parts.slice(0, at);
  const endsOpen = rest.length === 0 || rest.at(-1)?.type === 'Combinator';
  const text = textOf({ ...selector, children: rest }) + (endsOpen ? '*' : '');
  if (parseSelector(text) === null) return null;
  if (at === -1) return { selector: text, specificity };
  const pseudo = String(parts[at]?.name).toLowerCase();
  if (at === parts.length - 1 && (pseudo === 'before' || pseudo === 'after')) return { selector: text, specificity, pseudo };
  return pseudo.startsWith('-webkit-') || unseenBoxes.has(pseudo) ? 'unseen' : null;
}

const unseenBoxes = new Set(
  (
    'before after backdrop checkmark column cue details-content file-selector-button first-letter first-line grammar-error highlight marker ' +
    'part picker picker-icon placeholder scroll-button scroll-marker scroll-marker-group search-text selection slotted spelling-error ' +
    'target-text view-transition view-transition-group view-transition-image-pair view-transition-new view-transition-old'
  ).split(' '),
);

function isPseudoElement(part: CssNode): boolean {
  if (part.type === 'PseudoElementSelector') return true;
  return part.type === 'PseudoClassSelector' && legacyPseudoElements.has(String(part.name).toLowerCase());
}

/** Positions and floats matter only where some rule takes a box out of the line. */
function withoutIdle(rules: readonly StyleRule[]): readonly StyleRule[] {
  const positions = rules.some((rule) => /absolute|fixed|var\(/.test(rule.position ?? ''));
  const floats = rules.some((rule) => /left|right|inline|var\(/.test(rule.float ?? ''));
  return rules.map(({ position, float, ...rest }) => ({
    ...rest,
    ...(positions && position !== undefined ? { position } : {}),
    ...(floats && float !== undefined ? { float } : {}),
  }));
}
