import type { BlockRule, Grammar, InlineRule, MarkupPart, MarkupTag, MarkupWrap } from '@backlot/protocol';

const elements: Readonly<Record<string, string>> = {
  h1: 'a heading of level 1',
  h2: 'a heading of level 2',
  h3: 'a heading of level 3',
  h4: 'a heading of level 4',
  h5: 'a heading of level 5',
  h6: 'a heading of level 6',
  a: 'a link',
  b: 'bold text',
  strong: 'bold text',
  i: 'italic text',
  em: 'italic text',
  u: 'underlined text',
  s: 'struck out text',
  del: 'struck out text',
  code: 'code',
  pre: 'text as it stands',
  blockquote: 'a quotation',
  ul: 'a list with bullets',
  ol: 'a numbered list',
  li: 'a list item',
  p: 'a paragraph',
  hr: 'a line across',
  br: 'a line break',
  img: 'a picture',
  table: 'a table',
};

const quote = (text: string): string => `“${text}”`;
const wordTag = ({ tag }: MarkupTag): string => elements[tag] ?? `the element ${tag}`;

/** The innermost element that says something; plain boxes around it say nothing. */
function wordWrap(wrap: MarkupWrap): string {
  const telling = wrap.filter(({ tag }) => !['div', 'span'].includes(tag));
  const last = telling.at(-1) ?? wrap.at(-1);
  return last ? wordTag(last) : 'plain text';
}

const between = (open: string, close: string): string =>
  open === ''
    ? `ends with ${quote(close)}`
    : close === ''
      ? `begins with ${quote(open)}`
      : `stands between ${quote(open)} and ${quote(close)}`;

function wordBlock(rule: BlockRule): string {
  switch (rule.block) {
    case 'line':
      return `A ${rule.reach} that ${between(rule.open, rule.close)} is shown as ${wordWrap(rule.wrap)}${rule.section ? ' and begins a section' : ''}.`;
    case 'list':
      return `Lines that begin with ${rule.numbered ? 'a number and ' : ''}${quote(rule.mark)} are the items of ${wordTag(rule.list)}; ${
        rule.nest === 'indent' ? 'indenting them' : 'repeating the mark'
      } nests them.`;
    case 'quote':
      return `Lines that begin with ${quote(rule.mark)} are shown as ${wordWrap(rule.wrap)}.`;
    case 'fence':
      return `Lines between ${quote(rule.open)} and ${quote(rule.close)} are shown as they stand, as ${wordWrap(rule.wrap)}.`;
    case 'indent':
      return `Lines that begin with ${quote(rule.prefix)} are shown as they stand, as ${wordWrap(rule.wrap)}.`;
    case 'rule':
      return `A line of nothing but ${quote(rule.mark)}, at least ${rule.least} of them, is shown as ${wordWrap(rule.wrap)}.`;
    case 'table':
      return `Lines with ${quote(rule.sep)} between their cells are the rows of ${wordWrap(rule.table)}.`;
  }
}

function wordPart(part: MarkupPart): string {
  if (typeof part === 'string') return part;
  return `‹${part.of}${part.how === 'raw' ? '' : `, ${part.how}`}›`;
}

function wordInline(rule: InlineRule): string {
  switch (rule.inline) {
    case 'span':
      return `Text between ${quote(rule.open)} and ${quote(rule.close)} is ${wordWrap(rule.wrap)}${rule.raw ? ', as it stands' : ''}.`;
    case 'pattern': {
      const parts = rule.parts.map((part) => (typeof part === 'string' ? part : `‹${part.take}›`)).join('');
      const shown = rule.show === 'inline' ? '' : ` that shows ${quote(rule.show.map(wordPart).join(''))}`;
      const href = rule.wrap.find(({ tag }) => tag === 'a')?.attrs['href'];
      const leads = href === undefined ? '' : `, to ${quote(typeof href === 'string' ? href : href.map(wordPart).join(''))}`;
      return `${quote(parts)} is ${wordWrap(rule.wrap)}${shown}${leads}.`;
    }
    case 'literal':
      return `${quote(rule.text)} is shown as ${typeof rule.put === 'string' ? quote(rule.put) : wordTag(rule.put)}.`;
    case 'escape':
      return `${quote(rule.mark)} takes the meaning from the sign after it.`;
  }
}

const breaks = {
  join: 'A line break is a blank.',
  br: 'A line break stays one.',
  each: 'Every line is a paragraph of its own.',
} as const;

/** How a source text becomes a page, in sentences. */
export function wordGrammar({ blocks, paragraph, inlines, notes }: Grammar): readonly string[] {
  const rest = `Any other text is ${wordWrap(paragraph.wrap)}. ${breaks[paragraph.lines]}${
    paragraph.blank === 'split' ? ' A blank line ends it.' : ' Blank lines are kept.'
  }`;
  const noted = notes
    ? [`Text between ${quote(notes.open)} and ${quote(notes.close)} is a note: numbered where it stands, and listed at the end.`]
    : [];
  return [...blocks.map(wordBlock), rest, ...inlines.map(wordInline), ...noted];
}
