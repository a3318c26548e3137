import { own } from '@backlot/world';
import type { CssNode } from 'css-tree';

/** Size of the page's window in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** True if a media query list holds on a desktop screen of this size, light, without any preference set. */
export function mediaHolds(list: CssNode, viewport: Viewport): boolean {
  if (list.type !== 'MediaQueryList') return false;
  const queries = list.children ?? [];
  return queries.length === 0 || queries.some((query) => queryHolds(query, viewport));
}

function queryHolds(query: CssNode, viewport: Viewport): boolean {
  if (query.type !== 'MediaQuery') return false;
  const medium = query.mediaType?.toLowerCase() ?? 'all';
  const holds = (medium === 'all' || medium === 'screen') && (!query.condition || conditionHolds(query.condition, viewport));
  return query.modifier?.toLowerCase() === 'not' ? !holds : holds;
}

/** `and` and `or` never stand beside each other without brackets, so one pass from the left is enough. */
function conditionHolds(node: CssNode, viewport: Viewport): boolean {
  if (node.type === 'Feature') return featureHolds(node, viewport);
  if (node.type === 'FeatureRange') return rangeHolds(node, viewport);
  if (node.type !== 'Condition') return false;
  let result: boolean | null = null;
  let joiner = '';
  let negated = false;
  for (const part of node.children ?? []) {
    if (part.type === 'Identifier') {
      const word = String(part.name).toLowerCase();
      if (word === 'not') negated = true;
      else joiner = word;
      continue;
    }
    const holds = conditionHolds(part, viewport) !== negated;
    negated = false;
    result = result === null ? holds : joiner === 'or' ? result || holds : result && holds;
  }
  return result ?? true;
}

/** What a desktop browser answers to features that name a state. */
const states: Readonly<Record<string, string>> = {
  'prefers-color-scheme': 'light',
  'prefers-reduced-motion': 'no-preference',
  'prefers-reduced-transparency': 'no-preference',
  'prefers-reduced-data': 'no-preference',
  'prefers-contrast': 'no-preference',
  'forced-colors': 'none',
  'inverted-colors': 'none',
  hover: 'hover',
  'any-hover': 'hover',
  pointer: 'fine',
  'any-pointer': 'fine',
  scripting: 'enabled',
  update: 'fast',
  scan: 'progressive',
  'display-mode': 'browser',
  'color-gamut': 'srgb',
  'dynamic-range': 'standard',
  'overflow-block': 'scroll',
  'overflow-inline': 'scroll',
};

const absent = new Set(['none', 'no-preference']);

function featureHolds(node: CssNode, viewport: Viewport): boolean {
  const name = String(node.name).toLowerCase();
  const value = node.value ?? null;
  const state = name === 'orientation' ? orientationOf(viewport) : own(states, name);
  if (state !== undefined) return value === null ? !absent.has(state) : wordOf(value) === state;
  const bound = /^(-webkit-)?(min|max)-(.+)$/.exec(name);
  const actual = measure(bound?.[3] ?? name, viewport);
  if (value === null) return actual !== null && actual > 0;
  const comparison = bound?.[2] === 'min' ? '>=' : bound?.[2] === 'max' ? '<=' : '=';
  return compare(actual, comparison, numberOf(value));
}

function orientationOf({ width, height }: Viewport): string {
  return width > height ? 'landscape' : 'portrait';
}

function measure(feature: string, { width, height }: Viewport): number | null {
  if (feature === 'width' || feature === 'device-width') return width;
  if (feature === 'height' || feature === 'device-height') return height;
  if (feature === 'aspect-ratio' || feature === 'device-aspect-ratio') return width / height;
  if (feature === 'resolution' || feature === 'device-pixel-ratio') return 1;
  if (feature === 'color') return 8;
  return feature === 'monochrome' || feature === 'grid' || feature === 'color-index' ? 0 : null;
}

function rangeHolds(node: CssNode, viewport: Viewport): boolean {
  const { left, leftComparison, middle, rightComparison, right } = node;
  if (left === undefined || middle === undefined || !compare(operand(left, viewport), leftComparison, operand(middle, viewport)))
    return false;
  return !right || compare(operand(middle, viewport), rightComparison, operand(right, viewport));
}

function operand(node: CssNode, viewport: Viewport): number | null {
  return node.type === 'Identifier' ? measure(String(node.name).toLowerCase(), viewport) : numberOf(node);
}

function compare(left: number | null, comparison: string | null | undefined, right: number | null): boolean {
  if (left === null || right === null) return false;
  if (comparison === '<') return left < right;
  if (comparison === '<=') return left <= right;
  if (comparison === '>') return left > right;
  return comparison === '>=' ? left >= right : left === right;
}

function wordOf(value: CssNode | string | null): string {
  if (value === null || typeof value === 'string') return value ?? '';
  return value.type === 'Identifier' ? String(value.name).toLowerCase() : '';
}

const pixels: Readonly<Record<string, number>> = {
  px: 1,
  em: 16,
  rem: 16,
  in: 96,
  pt: 96 / 72,
  pc: 16,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  dppx: 1,
  x: 1,
  dpi: 1 / 96,
  dpcm: 2.54 / 96,
};

function numberOf(value: CssNode | string): number | null {
  if (typeof value === 'string') return null;
  if (value.type === 'Number') return Number(value.value);
  if (value.type === 'Ratio') return Number(numberOf(value.left ?? value)) / Number(value.right ? numberOf(value.right) : 1);
  const factor = value.type === 'Dimension' ? own(pixels, (value.unit ?? '').toLowerCase()) : undefined;
  return factor === undefined ? null : Number(value.value) * factor;
}
