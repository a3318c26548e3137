import type { StyleRule } from '@backlot/protocol';
import { own } from '@backlot/world';
import { generate, type CssNode } from 'css-tree';

/** What a rule says, without its selector. */
export type Declared = Omit<StyleRule, 'selector' | 'specificity' | 'pseudo' | 'important'>;

type Mutable = { -readonly [K in keyof Declared]: Declared[K] };

/** What a block of declarations says about a snapshot, weak and important declarations apart. */
export interface BlockValues {
  readonly normal: Declared;
  readonly important: Declared;
}

/** Reads declarations. Values that a browser would not understand are passed over, so that the ones before them hold. */
export function valuesOf(declarations: readonly CssNode[]): BlockValues {
  const normal: Mutable = {};
  const important: Mutable = {};
  for (const { property, value, important: isImportant } of declarations) {
    if (property === undefined || value === null || value === undefined) continue;
    const text = (typeof value === 'string' ? value : generate(value)).trim();
    declare(isImportant ? important : normal, property, text);
  }
  return { normal, important };
}

function declare(into: Mutable, property: string, text: string): void {
  if (property.startsWith('--')) {
    into.vars = { ...into.vars, [property]: text };
    return;
  }
  const name = property.toLowerCase();
  if (name === 'all') {
    for (const key of ['display', 'visibility', 'position', 'float'] as const) into[key] = text.toLowerCase();
    return;
  }
  const read = own(readers, name);
  const value = text.includes('var(') ? text : read?.valid(text.toLowerCase()) ? text : null;
  if (read === undefined || value === null) return;
  into[read.key] = name === 'content' ? value : normalDisplay(value.toLowerCase());
}

interface Reader {
  readonly key: 'display' | 'visibility' | 'position' | 'float' | 'content' | 'contentVisibility';
  readonly valid: (text: string) => boolean;
}

const everywhere = ['inherit', 'initial', 'unset', 'revert', 'revert-layer'];
const oneOf = (words: string): ((text: string) => boolean) => {
  const known = new Set([...words.split(' '), ...everywhere]);
  return (text) => known.has(text);
};

const displayWord =
  /^((block|inline|run-in|flow|flow-root|flex|grid|table|ruby|math|list-item)( (block|inline|flow|flow-root|flex|grid|table|ruby|math|list-item)){0,2}|none|contents|inline-(block|flex|grid|table)|-webkit-(inline-)?(box|flex)|table-(row|cell|column|caption|row-group|column-group|header-group|footer-group)|ruby-text|inherit|initial|unset|revert|revert-layer)$/;

const readers: Readonly<Record<string, Reader>> = {
  display: { key: 'display', valid: (text) => displayWord.test(text) },
  visibility: { key: 'visibility', valid: oneOf('visible hidden collapse') },
  position: { key: 'position', valid: oneOf('static relative absolute fixed sticky -webkit-sticky') },
  float: { key: 'float', valid: oneOf('none left right inline-start inline-end') },
  content: { key: 'content', valid: (text) => text !== '' },
  'content-visibility': { key: 'contentVisibility', valid: oneOf('visible hidden auto') },
};

const shortDisplays: Readonly<Record<string, string>> = {
  '-webkit-flex': 'flex',
  '-webkit-inline-flex': 'inline-flex',
  'block flow': 'block',
  'inline flow': 'inline',
  'block flex': 'flex',
  'inline flex': 'inline-flex',
  'block grid': 'grid',
  'inline grid': 'inline-grid',
  'inline flow-root': 'inline-block',
  'block flow-root': 'flow-root',
  'inline table': 'inline-table',
  'block table': 'table',
};

function normalDisplay(text: string): string {
  return own(shortDisplays, text) ?? text;
}
