import { inputType, isListBox } from '../css/form-state.ts';
import { closest, descendants, textContent, type StyledElement } from '../css/styled-element.ts';
import { hasGlobalAttribute, hasTabIndex } from './aria-attributes.ts';
import { explicitRole } from './explicit-role.ts';
import type { PageModel } from './page-model.ts';
import { own } from '../own.ts';

const byTag: Readonly<Record<string, string>> = {
  article: 'article',
  aside: 'complementary',
  blockquote: 'blockquote',
  button: 'button',
  caption: 'caption',
  code: 'code',
  datalist: 'listbox',
  dd: 'definition',
  del: 'deletion',
  details: 'group',
  dfn: 'term',
  dialog: 'dialog',
  dt: 'term',
  em: 'emphasis',
  fieldset: 'group',
  figure: 'figure',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  hr: 'separator',
  html: 'document',
  ins: 'insertion',
  li: 'listitem',
  main: 'main',
  mark: 'mark',
  math: 'math',
  menu: 'list',
  meter: 'meter',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  option: 'option',
  output: 'status',
  p: 'paragraph',
  progress: 'progressbar',
  search: 'search',
  strong: 'strong',
  sub: 'subscript',
  sup: 'superscript',
  svg: 'img',
  table: 'table',
  tbody: 'rowgroup',
  textarea: 'textbox',
  tfoot: 'rowgroup',
  thead: 'rowgroup',
  time: 'time',
  tr: 'row',
  ul: 'list',
};

type Resolve = (element: StyledElement, page: PageModel) => string | null;

const resolvers: Readonly<Record<string, Resolve>> = {
  a: linkRole,
  area: linkRole,
  footer: (element) => (isInSection(element) ? null : 'contentinfo'),
  form: (element) => (isLabelled(element) ? 'form' : null),
  header: (element) => (isInSection(element) ? null : 'banner'),
  img: imageRole,
  input: inputRole,
  section: (element) => (isLabelled(element) ? 'region' : null),
  select: (element) => (isListBox(element) ? 'listbox' : 'combobox'),
  td: cellRole,
  th: headerCellRole,
};

/** The role that the tag itself gives, without regard to presentational parents. */
export function tagRole(element: StyledElement, page: PageModel): string | null {
  return own(byTag, element.tag) ?? own(resolvers, element.tag)?.(element, page) ?? null;
}

function linkRole(element: StyledElement): string | null {
  return 'href' in element.attrs ? 'link' : null;
}

function isLabelled(element: StyledElement): boolean {
  return 'aria-label' in element.attrs || 'aria-labelledby' in element.attrs;
}

const sectionTags = new Set(['article', 'aside', 'main', 'nav', 'section']);
const sectionRoles = new Set(['article', 'complementary', 'main', 'navigation', 'region']);

/** True inside of what keeps a header or footer from being the page's own. */
function isInSection(element: StyledElement): boolean {
  for (let at: StyledElement | null = element; at !== null; at = at.parent) {
    const { role } = at.attrs;
    if (role === undefined ? sectionTags.has(at.tag) : sectionRoles.has(role)) return true;
  }
  return false;
}

function imageRole(element: StyledElement): string {
  const isDecoration =
    element.attrs['alt'] === '' && !element.attrs['title'] && !hasGlobalAttribute(element, null) && !hasTabIndex(element);
  return isDecoration ? 'presentation' : 'img';
}

const inputRoles: Readonly<Record<string, string | null>> = {
  button: 'button',
  checkbox: 'checkbox',
  file: 'button',
  hidden: null,
  image: 'button',
  number: 'spinbutton',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  submit: 'button',
};
const suggestible = new Set(['email', 'search', 'tel', 'text', 'url']);

function inputRole(element: StyledElement, page: PageModel): string | null {
  const type = inputType(element);
  if (!suggestible.has(type)) return Object.hasOwn(inputRoles, type) ? (inputRoles[type] ?? null) : 'textbox';
  if (page.references(element.attrs['list'])[0]?.tag === 'datalist') return 'combobox';
  return type === 'search' ? 'searchbox' : 'textbox';
}

function cellRole(element: StyledElement): string {
  const table = closest(element, 'table');
  const role = table === null ? null : explicitRole(table);
  return role === 'grid' || role === 'treegrid' ? 'gridcell' : 'cell';
}

function headerCellRole(element: StyledElement): string | null {
  const { scope } = element.attrs;
  if (scope === 'col' || scope === 'colgroup') return 'columnheader';
  if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
  const { previous, next } = element;
  if (previous === null && next === null) return isOnlyRow(element.parent) ? null : 'columnheader';
  if (previous?.tag === 'th' && next?.tag === 'th') return 'columnheader';
  return hasData(previous) || hasData(next) ? 'rowheader' : 'columnheader';
}

function isOnlyRow(row: StyledElement | null): boolean {
  const table = row?.tag === 'tr' ? closest(row, 'table') : null;
  return table !== null && rowsOf(table) <= 1;
}

function rowsOf(table: StyledElement): number {
  let rows = 0;
  for (const element of descendants(table)) if (element.tag === 'tr' && closest(element, 'table') === table) rows += 1;
  return rows;
}

function hasData(cell: StyledElement | null): boolean {
  return cell !== null && cell.tag === 'td' && (cell.elements.length > 0 || textContent(cell).trim() !== '');
}
