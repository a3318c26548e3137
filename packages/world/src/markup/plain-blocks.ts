import { makeElement, textOfAll, wrapIn } from './make.ts';
import type { Block, Reading, RuleOf } from './reading.ts';
import { isBlankLine } from './reading.ts';
import { nothingCaptured } from './spelling.ts';

/** The lines of a paragraph that begins at a place: up to a blank line or what interrupts it. */
export function paragraphEnd(reading: Reading, at: number): number {
  let next = at + 1;
  while (next < reading.lines.length && !isBlankLine(reading.lines[next]) && !reading.interrupts(next)) next += 1;
  return next;
}

/** A mark of one repeated sign is not the beginning of a longer one. */
function isWholeMark(line: string, mark: string): boolean {
  const last = mark.at(-1);
  return last === undefined || /[\s\p{L}\p{N}]/u.test(last) || line[mark.length] !== last;
}

export function readLine(rule: RuleOf<'line'>, reading: Reading, at: number): Block | null {
  const line = reading.lines[at] as string;
  if (!line.startsWith(rule.open) || !isWholeMark(line, rule.open)) return null;
  const next = rule.reach === 'line' ? at + 1 : paragraphEnd(reading, at);
  const body = [line.slice(rule.open.length), ...reading.lines.slice(at + 1, next)].map((each) => each.trimEnd()).join('\n');
  if (rule.close !== '' && !body.endsWith(rule.close)) return null;
  const text = body.slice(0, body.length - rule.close.length).trim();
  if (text === '') return null;
  const content = reading.inline(text);
  return { nodes: wrapIn(rule.wrap, content, { ...nothingCaptured, text: textOfAll(content) }), next };
}

export function readQuote(rule: RuleOf<'quote'>, reading: Reading, at: number): Block | null {
  const lines: string[] = [];
  let next = at;
  for (; reading.lines[next]?.startsWith(rule.mark) === true; next += 1) {
    lines.push((reading.lines[next] as string).slice(rule.mark.length).replace(/^ /, ''));
  }
  if (next === at) return null;
  const inside = rule.inner === 'blocks' ? reading.blocks(lines) : reading.inline(lines.join('\n').trim());
  return { nodes: wrapIn(rule.wrap, inside), next };
}

/** The rest of the first line of a fence, what stands between its marks, and the line after. */
interface Fenced {
  readonly info: string;
  readonly text: string;
  readonly next: number;
}

function fencedLines(rule: RuleOf<'fence'>, { lines }: Reading, at: number): Fenced | null {
  const info = (lines[at] as string).slice(rule.open.length).trim();
  if (info !== '' && !rule.info) return null;
  const end = lines.findIndex((line, i) => i > at && line.trimEnd() === rule.close);
  return end < 0 ? null : { info, text: lines.slice(at + 1, end).join('\n'), next: end + 1 };
}

function fencedText(rule: RuleOf<'fence'>, { lines }: Reading, at: number): Fenced | null {
  const end = lines.findIndex((line, i) => i >= at && line.includes(rule.close, i === at ? rule.open.length : 0));
  const last = lines[end];
  if (last === undefined) return null;
  const cut = last.indexOf(rule.close, end === at ? rule.open.length : 0);
  if (!isBlankLine(last.slice(cut + rule.close.length))) return null;
  const whole = [...lines.slice(at, end), last.slice(0, cut)].join('\n').slice(rule.open.length);
  return { info: '', text: whole.replace(/^\n/, '').replace(/\n$/, ''), next: end + 1 };
}

export function readFence(rule: RuleOf<'fence'>, reading: Reading, at: number): Block | null {
  if (reading.lines[at]?.startsWith(rule.open) !== true) return null;
  const fenced = rule.anywhere ? fencedText(rule, reading, at) : fencedLines(rule, reading, at);
  if (fenced === null) return null;
  const text = fenced.text + (rule.tail && fenced.text !== '' ? '\n' : '');
  return { nodes: wrapIn(rule.wrap, [{ text }], { ...nothingCaptured, info: fenced.info }), next: fenced.next };
}

export function readIndent(rule: RuleOf<'indent'>, { lines }: Reading, at: number): Block | null {
  const kept: string[] = [];
  let next = at;
  for (let i = at; i < lines.length; i += 1) {
    const line = lines[i] as string;
    if (isBlankLine(line) && rule.across) continue;
    if (isBlankLine(line) || !line.startsWith(rule.prefix)) break;
    for (let blank = next; blank < i; blank += 1) kept.push('');
    kept.push(line.slice(rule.prefix.length));
    next = i + 1;
  }
  if (kept.length === 0 || isBlankLine(lines[at])) return null;
  return { nodes: wrapIn(rule.wrap, [{ text: kept.join('\n') + (rule.tail ? '\n' : '') }]), next };
}

export function readRule(rule: RuleOf<'rule'>, { lines }: Reading, at: number): Block | null {
  const line = (lines[at] as string).trim();
  const count = line.length / rule.mark.length;
  if (count < rule.least || line !== rule.mark.repeat(Math.max(0, Math.floor(count)))) return null;
  const [last, ...outer] = rule.wrap.toReversed();
  if (last === undefined) return null;
  return { nodes: wrapIn(outer.toReversed(), makeElement(last, [])), next: at + 1 };
}
