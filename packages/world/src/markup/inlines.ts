import type { DomNode, Grammar, InlineRule } from '@backlot/protocol';
import type { PatternMatch } from './captures.ts';
import { isWordAt, matchPattern } from './captures.ts';
import type { Heads } from './heads.ts';
import { headOf, heads } from './heads.ts';
import { makeElement, textOfAll, wrapIn } from './make.ts';
import { withNoteRule } from './note-rule.ts';
import { pendingNote } from './pending-note.ts';
import { fillParts, nothingCaptured } from './spelling.ts';

type SpanRule = Extract<InlineRule, { inline: 'span' }>;

/** A rule at a place: where it ends, and where its content does. */
interface Match {
  readonly index: number;
  readonly end: number;
  readonly contentEnd: number;
  readonly pattern?: PatternMatch;
}

/** A text on its way to nodes. Ends of spans are found once; a span that was left open is not looked for again. */
interface Scan {
  readonly text: string;
  readonly rules: readonly InlineRule[];
  readonly heads: Heads;
  readonly ends: readonly Map<number, number>[];
  readonly hopeless: number[];
  readonly active: number[];
  readonly lineBreak: Grammar['paragraph']['lines'];
  /** The rule among them that makes notes. */
  readonly note: InlineRule | undefined;
}

/** Deeper marks are read as text. */
const deepest = 64;

/** Running text as nodes: marks become elements, the rest is text. */
export function readInline(grammar: Grammar, text: string): readonly DomNode[] {
  const { rules, note } = withNoteRule(grammar);
  const scan: Scan = {
    text,
    rules,
    heads: heads(rules),
    ends: rules.map(() => new Map()),
    hopeless: rules.map(() => Infinity),
    active: [],
    lineBreak: grammar.paragraph.lines,
    note,
  };
  return emit(scan, 0, text.length);
}

const isPunctuation = (sign: string | undefined): boolean => sign !== undefined && /^[!-/:-@[-`{-~]$/.test(sign);
const isBlank = (sign: string | undefined): boolean => sign === undefined || /\s/.test(sign);

function opens({ text }: Scan, rule: SpanRule, at: number): boolean {
  if (!text.startsWith(rule.open, at)) return false;
  if (rule.flank && isBlank(text[at + rule.open.length])) return false;
  return !rule.word || !isWordAt(text, at - 1);
}

function closes(scan: Scan, { rule, from }: { rule: SpanRule; from: number }, at: number): boolean {
  const { text } = scan;
  if (at <= from || !text.startsWith(rule.close, at)) return false;
  if (rule.flank && isBlank(text[at - 1])) return false;
  return !rule.word || !isWordAt(text, at + rule.close.length);
}

/** True where a longer mark begins with the closing one and is itself the start of something. */
function isLonger(scan: Scan, close: string, at: number): Match | null {
  const match = matchAt(scan, at);
  return match !== null && headOf(scan.rules[match.index] as InlineRule).length > close.length ? match : null;
}

/** Where the content of a span ends that begins at a place, or -1. */
function closeOf(scan: Scan, index: number, at: number): number {
  const known = scan.ends[index]?.get(at);
  if (known !== undefined) return known;
  const rule = scan.rules[index] as SpanRule;
  if (at >= (scan.hopeless[index] as number) || scan.active.length >= deepest || !opens(scan, rule, at)) return -1;
  scan.ends[index]?.set(at, -1);
  scan.active.push(index);
  const found = rule.raw ? rawClose(scan, rule, at) : nestedClose(scan, rule, at);
  scan.active.pop();
  scan.ends[index]?.set(at, found);
  if (found < 0) scan.hopeless[index] = at;
  return found;
}

function rawClose(scan: Scan, rule: SpanRule, at: number): number {
  const from = at + rule.open.length;
  let end = scan.text.indexOf(rule.close, from + 1);
  while (end >= 0 && !closes(scan, { rule, from }, end)) end = scan.text.indexOf(rule.close, end + 1);
  return end;
}

function nestedClose(scan: Scan, rule: SpanRule, at: number): number {
  const from = at + rule.open.length;
  let place = from;
  while (place < scan.text.length) {
    const isEnd = closes(scan, { rule, from }, place);
    const inner = isEnd ? isLonger(scan, rule.close, place) : matchAt(scan, place);
    if (isEnd && inner === null) return place;
    place = inner === null ? place + 1 : inner.end;
  }
  return -1;
}

function matchRule(scan: Scan, index: number, at: number): Match | null {
  const rule = scan.rules[index] as InlineRule;
  if (rule.inline === 'span') {
    const contentEnd = closeOf(scan, index, at);
    return contentEnd < 0 ? null : { index, end: contentEnd + rule.close.length, contentEnd };
  }
  if (rule.inline === 'pattern') {
    const pattern = matchPattern(rule, scan.text, at);
    return pattern && { index, end: pattern.end, contentEnd: pattern.end, pattern };
  }
  if (rule.inline === 'literal') {
    const end = at + rule.text.length;
    return scan.text.startsWith(rule.text, at) ? { index, end, contentEnd: end } : null;
  }
  const end = at + rule.mark.length + 1;
  return scan.text.startsWith(rule.mark, at) && isPunctuation(scan.text[end - 1]) ? { index, end, contentEnd: end } : null;
}

/** The first rule that fits a place and is not already at work around it. */
function matchAt(scan: Scan, at: number): Match | null {
  const indexes = scan.heads.bySign.get(scan.text[at] as string) ?? scan.heads.open;
  for (const index of indexes) {
    if (scan.active.includes(index)) continue;
    const match = matchRule(scan, index, at);
    if (match !== null) return match;
  }
  return null;
}

function emit(scan: Scan, from: number, to: number): readonly DomNode[] {
  const nodes: DomNode[] = [];
  let plain = from;
  const flush = (end: number): void => {
    if (end > plain) nodes.push({ text: scan.text.slice(plain, end) });
  };
  let at = from;
  while (at < to) {
    const match = matchAt(scan, at);
    if (match !== null && match.end <= to) {
      flush(at);
      nodes.push(...made(scan, match, at));
      at = match.end;
      plain = at;
    } else if (scan.text[at] === '\n' && scan.lineBreak === 'br') {
      flush(at);
      nodes.push({ tag: 'br', attrs: {}, children: [] });
      at += 1;
      plain = at;
    } else at += 1;
  }
  flush(to);
  return nodes;
}

function inside(scan: Scan, index: number, range: readonly [number, number]): readonly DomNode[] {
  scan.active.push(index);
  const nodes = emit(scan, range[0], range[1]);
  scan.active.pop();
  return nodes;
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
  const content = text.slice(from, to);
  return [to - content.trimStart().length, from + content.trimEnd().length];
}

function made(scan: Scan, match: Match, at: number): readonly DomNode[] {
  const rule = scan.rules[match.index] as InlineRule;
  if (rule.inline === 'escape') return [{ text: scan.text.slice(at + rule.mark.length, match.end) }];
  if (rule.inline === 'literal') return typeof rule.put === 'string' ? [{ text: rule.put }] : makeElement(rule.put, []);
  if (rule.inline === 'span') {
    const start = at + rule.open.length;
    if (rule === scan.note) return [pendingNote(inside(scan, match.index, trimmed(scan.text, start, match.contentEnd)))];
    const content = rule.raw ? [{ text: scan.text.slice(start, match.contentEnd) }] : inside(scan, match.index, [start, match.contentEnd]);
    return wrapIn(rule.wrap, content, { ...nothingCaptured, text: textOfAll(content) });
  }
  const { target, text } = match.pattern as PatternMatch;
  const captured = { ...nothingCaptured, target: scan.text.slice(...target).trim(), text: scan.text.slice(...text).trim() };
  if (rule.show !== 'inline') {
    const shown = fillParts(rule.show, captured);
    return wrapIn(rule.wrap, shown === '' ? [] : [{ text: shown }], captured);
  }
  return wrapIn(rule.wrap, linkless(scan, match.index, text), captured);
}

/** The content of a link: what is inside of one makes no other. */
function linkless(scan: Scan, index: number, range: readonly [number, number]): readonly DomNode[] {
  const before = scan.active.length;
  scan.rules.forEach((rule, i) => {
    if (rule.inline === 'pattern' && rule.wrap.some(({ tag }) => tag === 'a')) scan.active.push(i);
  });
  const nodes = inside(scan, index, range);
  scan.active.length = before;
  return nodes;
}
