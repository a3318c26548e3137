import type { DomNode } from '@backlot/protocol';
import { makeElement, wrapIn } from './make.ts';
import type { Block, Reading, RuleOf } from './reading.ts';
import { isBlankLine } from './reading.ts';
import { nothingCaptured } from './spelling.ts';

type ListRule = RuleOf<'list'>;

interface Item {
  readonly rule: ListRule;
  /** Indentation, or the number of marks. */
  readonly level: number;
  readonly lines: string[];
}

/** Deeper items stand beside those above. */
const deepest = 12;

function markIn(line: string, rule: ListRule): { readonly level: number; readonly text: string } | null {
  const indent = line.length - line.trimStart().length;
  if (indent < rule.least) return null;
  let at = indent;
  if (rule.numbered) {
    while (at < indent + 10 && /[0-9]/.test(line[at] ?? '')) at += 1;
    if (at === indent) return null;
  }
  if (!line.startsWith(rule.mark, at)) return null;
  at += rule.mark.length;
  const text = line.slice(at);
  return rule.gap && !/^\s+\S/.test(text) ? null : { level: indent, text };
}

/** The item that a line begins, by the rule of its last mark where marks are repeated. */
function itemIn(line: string, rules: readonly ListRule[]): Item | null {
  const marks = rules.filter((rule) => rule.nest === 'repeat').map((rule) => rule.mark);
  if (marks.length > 0) {
    let run = 0;
    while (marks.includes(line[run] as string)) run += 1;
    const rule = run === 0 ? undefined : rules.find((each) => each.nest === 'repeat' && each.mark === line[run - 1]);
    const text = line.slice(run);
    if (rule && !isBlankLine(text) && (!rule.gap || /^\s/.test(text))) return { rule, level: run, lines: [text] };
  }
  for (const rule of rules) {
    const found = rule.nest === 'indent' ? markIn(line, rule) : null;
    if (found !== null) return { rule, level: found.level, lines: [found.text] };
  }
  return null;
}

interface Items {
  readonly items: readonly Item[];
  readonly next: number;
  readonly loose: boolean;
}

function collectItems(first: Item, { reading, rules }: { reading: Reading; rules: readonly ListRule[] }, at: number): Items {
  const { lines } = reading;
  const items = [first];
  let loose = false;
  let next = at + 1;
  for (let i = next; i < lines.length; i += 1) {
    const line = lines[i] as string;
    if (isBlankLine(line)) continue;
    const apart = i > next;
    const item = itemIn(line, rules);
    if (item !== null) {
      if (apart && (first.rule.loose === undefined || (item.rule !== first.rule && item.level <= first.level))) break;
      loose ||= apart;
      items.push(item);
    } else {
      const { lazy } = first.rule;
      const goesOn = lazy === 'any' ? !reading.interrupts(i) : lazy === 'indented' && /^\s/.test(line);
      if (apart || !goesOn) break;
      items.at(-1)?.lines.push(line.trim());
    }
    next = i + 1;
  }
  return { items, next, loose };
}

/** Reads a list with all that is nested in it. */
export function readList(rule: ListRule, reading: Reading, at: number): Block | null {
  const rules = reading.grammar.blocks.filter((each) => each.block === 'list');
  const first = itemIn(reading.lines[at] as string, rules);
  if (first === null || first.rule !== rule || (rule.nest === 'repeat' && first.level > 1)) return null;
  const { items, next, loose } = collectItems(first, { reading, rules }, at);
  return { nodes: listNodes(items, { reading, loose, depth: 1 }), next };
}

interface Place {
  readonly reading: Reading;
  readonly loose: boolean;
  readonly depth: number;
}

function listNodes(items: readonly Item[], place: Place): readonly DomNode[] {
  const nodes: DomNode[] = [];
  let at = 0;
  while (at < items.length) {
    const { rule, level } = items[at] as Item;
    const children: DomNode[] = [];
    while (at < items.length && (items[at] as Item).rule === rule) {
      let end = at + 1;
      while (end < items.length && (items[end] as Item).level > level && place.depth < deepest) end += 1;
      children.push(...itemNodes(items[at] as Item, items.slice(at + 1, end), place));
      at = end;
    }
    nodes.push(...makeElement(rule.list, children, { ...nothingCaptured, level: String(place.depth) }));
  }
  return nodes;
}

function itemNodes({ rule, lines }: Item, nested: readonly Item[], place: Place): readonly DomNode[] {
  const captured = { ...nothingCaptured, level: String(place.depth) };
  const text = place.reading.inline(lines.join('\n').trim());
  const content = place.loose && rule.loose ? makeElement(rule.loose, text) : text;
  const [outer, ...inner] = rule.item;
  const below = nested.length === 0 ? [] : listNodes(nested, { ...place, depth: place.depth + 1 });
  const all = [...wrapIn(inner, content, captured), ...below];
  return outer === undefined ? all : makeElement(outer, all, captured);
}
