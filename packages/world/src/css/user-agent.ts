import { inputType, isListBox } from './form-state.ts';
import type { StyledElement } from './styled-element.ts';

const byDisplay: Readonly<Record<string, string>> = {
  block:
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend listing main menu nav ol optgroup option p plaintext pre search section summary ul xmp',
  none: 'area base basefont datalist head link meta noembed noframes param rp script style template title',
  'inline-block': 'button input marquee meter progress select textarea',
  'list-item': 'li',
  contents: 'slot',
  ruby: 'ruby',
  table: 'table',
  'table-caption': 'caption',
  'table-column': 'col',
  'table-column-group': 'colgroup',
  'table-row-group': 'tbody',
  'table-header-group': 'thead',
  'table-footer-group': 'tfoot',
  'table-row': 'tr',
  'table-cell': 'td th',
  math: 'math annotation maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics',
};

const displays = new Map<string, string>();
for (const [display, tags] of Object.entries(byDisplay)) for (const tag of tags.split(' ')) displays.set(tag, display);

/** Display by the browser's own style sheet, which any author rule overrides. */
export function userAgentDisplay(element: StyledElement): string {
  const { tag, attrs } = element;
  if (element.svg) return tag === 'text' || tag === 'foreignobject' ? 'block' : 'inline';
  if (isPutAside(tag, attrs)) return 'none';
  if (tag === 'rt' && element.parent?.tag === 'ruby') return 'ruby-text';
  return displays.get(tag) ?? 'inline';
}

/** True for hidden elements, closed dialogs and popovers, which a record never shows open. */
function isPutAside(tag: string, attrs: StyledElement['attrs']): boolean {
  if (tag === 'dialog') return !('open' in attrs) || 'hidden' in attrs;
  if ('popover' in attrs) return true;
  return 'hidden' in attrs && tag !== 'embed' && attrs['hidden']?.toLowerCase() !== 'until-found';
}

/** True where the browser shows nothing whatever the author says. */
export function isForcedNone(element: StyledElement): boolean {
  if (element.tag === 'input') return inputType(element) === 'hidden';
  return element.tag === 'audio' && !('controls' in element.attrs);
}

const boxless = new Set(['embed', 'noscript']);
const boxlessInSvg = new Set([
  'title',
  'desc',
  'metadata',
  'stop',
  'style',
  'script',
  'animate',
  'animatemotion',
  'animatetransform',
  'set',
  'view',
]);

/** True for elements that have no box of their own although their display is not `none`. */
export function isBoxless(element: StyledElement): boolean {
  return element.svg ? boxlessInSvg.has(element.tag) : boxless.has(element.tag);
}

const replaced = new Set(['canvas', 'video', 'audio', 'meter', 'progress', 'iframe', 'textarea', 'img', 'input']);

/** True if the browser makes no boxes for the element's children. */
export function concealsChildren(element: StyledElement): boolean {
  if (element.svg) return false;
  if (element.tag === 'select') return !isListBox(element);
  if (element.tag === 'object') return 'data' in element.attrs;
  return replaced.has(element.tag) || element.attrs['hidden']?.toLowerCase() === 'until-found';
}

/** True for what a closed `details` puts away: everything but its first summary. */
export function isPutAway(element: StyledElement): boolean {
  const { parent } = element;
  if (parent === null || parent.tag !== 'details' || 'open' in parent.attrs) return false;
  return element.tag !== 'summary' || parent.elements.find((each) => each.tag === 'summary') !== element;
}
