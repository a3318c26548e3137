import type { BlockRule, DomElement, MarkupTag } from '@backlot/protocol';
import { lineAround, spanOf } from './align.ts';
import type { Placed } from './placed.ts';
import { explainAttributes } from './explain.ts';
import { ranked, vote } from './model.ts';

interface CellMark {
  readonly cell: DomElement;
  readonly isFirst: boolean;
  readonly mark: string;
}

/** Rules for tables, by what stands before the texts of their cells. */
export function tableRules(placed: readonly Placed[]): readonly BlockRule[] {
  const tables = placed.filter(({ element }) => element.tag === 'table');
  if (tables.length === 0) return [];
  const cells = placed.filter(({ element }) => element.tag === 'td' || element.tag === 'th').flatMap(markOf);
  const marks = new Map<string, CellMark[]>();
  for (const cell of cells) if (cell.cell.tag === 'td') vote(marks, cell.mark, cell);
  const sep = ranked(marks)[0]?.[0];
  if (sep === undefined || sep === '') return [];
  const heads = new Map<string, CellMark[]>();
  for (const cell of cells) if (cell.cell.tag === 'th') vote(heads, cell.mark, cell);
  const head = ranked(heads)[0]?.[0];
  const divider = tables.some(({ pair }) =>
    pair.source.split('\n').some((line) => /^[|+: -]+$/.test(line) && /-{2,}/.test(line) && line.includes(sep)),
  );
  return [tableRule(placed, { sep, divider, ...headOf(sep, head) })];
}

type Marks = { readonly sep: string; readonly divider: boolean; readonly headSep?: string; readonly headMark?: string };

function headOf(sep: string, head: string | undefined): Partial<Marks> {
  if (head === undefined || head === sep) return {};
  return head.startsWith(sep) ? { headMark: head.slice(sep.length) } : { headSep: head };
}

function markOf({ pair, element }: Placed): readonly CellMark[] {
  const span = spanOf(pair, element);
  if (span === null) return [];
  const before = pair.source.slice(lineAround(pair.source, span[0])[0], span[0]);
  const signs = /([^\p{L}\p{N}\s][^\p{L}\p{N}\s]*)\s*$/u.exec(before)?.[1];
  return signs === undefined || signs.length > 4 ? [] : [{ cell: element, isFirst: before.trim() === signs, mark: signs }];
}

function tableRule(placed: readonly Placed[], marks: Marks): BlockRule {
  const tagOf = (tag: string): MarkupTag | undefined => {
    const seen = placed.filter(({ element, around }) => element.tag === tag && around.some((each) => each.tag === 'table'));
    if (seen.length === 0) return undefined;
    return { tag, attrs: explainAttributes(seen.map(({ element }) => ({ attrs: element.attrs, captured: {} }))).attrs };
  };
  const table = placed.find(({ element }) => element.tag === 'table') as Placed;
  const outer = table.around.at(-1);
  const around = outer !== undefined && outer.children.length === 1 ? [{ tag: outer.tag, attrs: outer.attrs }] : [];
  const [head, body] = [tagOf('thead'), tagOf('tbody')];
  return {
    block: 'table',
    ...marks,
    table: [...around, { tag: 'table', attrs: table.element.attrs }],
    ...(head === undefined ? {} : { head }),
    ...(body === undefined ? {} : { body }),
    row: tagOf('tr') ?? { tag: 'tr', attrs: {} },
    headCell: tagOf('th') ?? { tag: 'th', attrs: {} },
    cell: tagOf('td') ?? { tag: 'td', attrs: {} },
    interrupts: true,
  };
}
