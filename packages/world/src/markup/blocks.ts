import type { BlockRule, DomNode, Grammar, MarkupTag } from '@backlot/protocol';
import { readInline } from './inlines.ts';
import { readList } from './lists.ts';
import { makeElement, wrapIn } from './make.ts';
import { paragraphEnd, readFence, readIndent, readLine, readQuote, readRule } from './plain-blocks.ts';
import type { Block, Reading } from './reading.ts';
import { isBlankLine } from './reading.ts';
import { readTable } from './tables.ts';

/** Deeper quotes are read as running text. */
const deepest = 12;

function readBy(rule: BlockRule, reading: Reading, at: number): Block | null {
  switch (rule.block) {
    case 'line':
      return readLine(rule, reading, at);
    case 'list':
      return readList(rule, reading, at);
    case 'quote':
      return readQuote(rule, reading, at);
    case 'fence':
      return readFence(rule, reading, at);
    case 'indent':
      return readIndent(rule, reading, at);
    case 'rule':
      return readRule(rule, reading, at);
    default:
      return readTable(rule, reading, at);
  }
}

/** Lines as blocks. */
export function readBlocks(grammar: Grammar, lines: readonly string[], depth = 0): readonly DomNode[] {
  const known = new Map<number, boolean>();
  const reading: Reading = {
    grammar,
    lines,
    inline: (text) => readInline(grammar, text),
    blocks: (inner) => (depth < deepest ? readBlocks(grammar, inner, depth + 1) : readInline(grammar, inner.join('\n').trim())),
    interrupts: (at) => {
      const answer = known.get(at) ?? grammar.blocks.some((rule) => rule.interrupts && mayBegin(rule, reading, at));
      known.set(at, answer);
      return answer;
    },
  };
  return grammar.paragraph.blank === 'keep' ? keptLines(reading) : splitLines(reading);
}

/** Cheap for what is told by its first line; the rest is tried. */
function mayBegin(rule: BlockRule, reading: Reading, at: number): boolean {
  const line = reading.lines[at] as string;
  if (rule.block === 'list') return readList(rule, { ...reading, lines: [line] }, 0) !== null;
  if (rule.block === 'quote') return line.startsWith(rule.mark);
  if (rule.block === 'indent') return line.startsWith(rule.prefix);
  if (rule.block === 'line') return line.startsWith(rule.open) && readLine({ ...rule, reach: 'line' }, reading, at) !== null;
  return readBy(rule, reading, at) !== null;
}

/** Nodes in a row, where a heading may gather all that follows it in a section. */
class Sections {
  readonly #nodes: DomNode[] = [];
  #section: { readonly tag: MarkupTag; readonly nodes: DomNode[] } | null = null;

  add(nodes: readonly DomNode[]): void {
    (this.#section?.nodes ?? this.#nodes).push(...nodes);
  }

  begin(tag: MarkupTag, heading: readonly DomNode[]): void {
    this.end();
    this.#nodes.push(...heading);
    this.#section = { tag, nodes: [] };
  }

  end(): readonly DomNode[] {
    if (this.#section !== null) this.#nodes.push(...makeElement(this.#section.tag, this.#section.nodes));
    this.#section = null;
    return this.#nodes;
  }
}

function blockAt(reading: Reading, at: number, sections: Sections): number | null {
  for (const rule of reading.grammar.blocks) {
    const block = readBy(rule, reading, at);
    if (block === null) continue;
    if (rule.block === 'line' && rule.section !== undefined) sections.begin(rule.section, block.nodes);
    else sections.add(block.nodes);
    return block.next;
  }
  return null;
}

function splitLines(reading: Reading): readonly DomNode[] {
  const { lines, grammar } = reading;
  const { wrap, lines: breaks } = grammar.paragraph;
  const sections = new Sections();
  let at = 0;
  while (at < lines.length) {
    if (isBlankLine(lines[at])) {
      at += 1;
      continue;
    }
    const next = blockAt(reading, at, sections) ?? -1;
    if (next > at) {
      at = next;
      continue;
    }
    const end = breaks === 'each' ? at + 1 : paragraphEnd(reading, at);
    const text = lines.slice(at, end).map((line) => line.trimStart());
    sections.add(wrapIn(wrap, reading.inline(text.join('\n').trimEnd())));
    at = end;
  }
  return sections.end();
}

/** Every line counts, blank ones too: runs of lines between blocks are one text. */
function keptLines(reading: Reading): readonly DomNode[] {
  const { lines, grammar } = reading;
  const sections = new Sections();
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) sections.add(wrapIn(grammar.paragraph.wrap, reading.inline(lines.slice(from, to).join('\n'))));
  };
  for (let at = 0; at < lines.length;) {
    if (isBlankLine(lines[at]) || (at > from && !reading.interrupts(at))) {
      at += 1;
      continue;
    }
    const before = new Sections();
    const next = blockAt(reading, at, before) ?? -1;
    if (next > at) {
      flush(at);
      sections.add(before.end());
      from = next;
      at = next;
    } else at += 1;
  }
  flush(lines.length);
  return sections.end();
}
