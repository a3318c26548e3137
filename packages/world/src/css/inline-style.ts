import { properties, type Declarations } from './declarations.ts';
import { SelectorReader } from './selector-reader.ts';
import { own } from '../own.ts';

/** A `style` attribute, its important declarations apart. */
export interface InlineStyle {
  readonly normal: Declarations;
  readonly important: Declarations;
}

const none: InlineStyle = { normal: {}, important: {} };
const relevant = /display|visibility|position|float|content|--/i;
const cache = new Map<string, InlineStyle>();

/** Reads what a `style` attribute says about the snapshot. Same text, same object. */
export function parseInlineStyle(text: string | undefined): InlineStyle {
  if (text === undefined || !relevant.test(text)) return none;
  let style = cache.get(text);
  if (style === undefined) {
    if (cache.size > 2000) cache.clear();
    style = parse(text);
    cache.set(text, style);
  }
  return style;
}

function parse(text: string): InlineStyle {
  const reader = new SelectorReader(text.replace(/\/\*[^]*?\*\//g, ' '));
  const normal: Record<string, unknown> = {};
  const important: Record<string, unknown> = {};
  while (!reader.done) {
    const [, name = '', value = ''] = /^\s*([-\w]+)\s*:([^]*)$/.exec(reader.until(';')) ?? [];
    reader.take(';');
    const bare = value.replace(/\s*!\s*important\s*$/i, '').trim();
    if (bare !== '') declare(bare === value.trim() ? normal : important, name, bare);
  }
  return { normal, important };
}

function declare(into: Record<string, unknown>, name: string, value: string): void {
  if (name.startsWith('--')) {
    into['vars'] = { ...(into['vars'] as Record<string, string> | undefined), [name]: value };
    return;
  }
  const key = own<string>(properties, name.toLowerCase());
  if (key !== undefined) into[key] = value;
}
