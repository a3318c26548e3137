import type { DomNode, MarkupTag } from '@backlot/protocol';
import { makeElement, wrapIn } from './make.ts';
import type { Block, Reading, RuleOf } from './reading.ts';

type TableRule = RuleOf<'table'>;

interface Cell {
  readonly text: string;
  readonly isHead: boolean;
}

function separatorAt(line: string, at: number, rule: TableRule): string | null {
  if (rule.headSep !== undefined && line.startsWith(rule.headSep, at)) return rule.headSep;
  return line.startsWith(rule.sep, at) ? rule.sep : null;
}

/** Cells of a line that begins and ends with a separator; a link in double brackets may hold one. */
function cellsIn(line: string, rule: TableRule): readonly Cell[] | null {
  let separator = separatorAt(line, 0, rule);
  if (separator === null) return null;
  const cells: Cell[] = [];
  let from = separator.length;
  let at = from;
  while (at <= line.length) {
    const next = separatorAt(line, at, rule);
    if (next === null && at < line.length) {
      at = afterLink(line, at);
      continue;
    }
    if (next === null && line.slice(from).trim() === '') break;
    cells.push(cell(line.slice(from, at), separator === rule.headSep, rule));
    separator = next ?? rule.sep;
    from = at + separator.length;
    at = from;
  }
  return cells.length === 0 ? null : cells;
}

/** The place after a link or picture that begins here, else the next one. */
function afterLink(line: string, at: number): number {
  const end = line.startsWith('[[', at) ? ']]' : line.startsWith('{{', at) ? '}}' : '';
  const close = end === '' ? -1 : line.indexOf(end, at);
  return close < 0 ? at + 1 : close;
}

function cell(text: string, isHead: boolean, { headMark }: TableRule): Cell {
  if (headMark !== undefined && text.startsWith(headMark)) return { text: text.slice(headMark.length).trim(), isHead: true };
  return { text: text.trim(), isHead };
}

const isDivider = (cells: readonly Cell[]): boolean => cells.every(({ text }) => /^:?-+:?$/.test(text));

function rowNodes(cells: readonly Cell[], rule: TableRule, reading: Reading): readonly DomNode[] {
  const children = cells.flatMap(({ text, isHead }) => makeElement(isHead ? rule.headCell : rule.cell, reading.inline(text)));
  return makeElement(rule.row, children);
}

const around = (tag: MarkupTag | undefined, rows: readonly DomNode[]): readonly DomNode[] =>
  tag === undefined || rows.length === 0 ? rows : makeElement(tag, rows);

export function readTable(rule: TableRule, reading: Reading, at: number): Block | null {
  const rows: (readonly Cell[])[] = [];
  let next = at;
  for (; next < reading.lines.length; next += 1) {
    const cells = cellsIn((reading.lines[next] as string).trim(), rule);
    if (cells === null) break;
    rows.push(cells);
  }
  if (rows.length === 0) return null;
  if (rule.divider) {
    if (rows[1] === undefined || !isDivider(rows[1])) return null;
    rows.splice(
      0,
      2,
      (rows[0] as readonly Cell[]).map(({ text }) => ({ text, isHead: true })),
    );
  }
  const firstPlain = rows.findIndex((cells) => !cells.every(({ isHead }) => isHead));
  const split = rule.head === undefined ? 0 : firstPlain < 0 ? rows.length : firstPlain;
  const made = rows.map((cells) => rowNodes(cells, rule, reading));
  const parts = [...around(rule.head, made.slice(0, split).flat()), ...around(rule.body, made.slice(split).flat())];
  return { nodes: wrapIn(rule.table, parts), next };
}
