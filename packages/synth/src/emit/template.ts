import type { Attribute, DomElement, Expr, Loop, Query, Template, Value } from '@backlot/protocol';
import { htmlGrammar, markupValue, unfurnish } from '@backlot/world';
import { mapColumns } from '../map-leaves.ts';
import { furnished, hasContents, hasMostlyTools, listOf } from './furniture.ts';
import type { PageModel } from '../pages/page-model.ts';
import { bindingAt, itemName, rowName } from '../state/belief.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import { groupTag } from '../template/align.ts';
import type { Hole } from '../template/holes.ts';
import { edgesOf } from '../template/edges.ts';
import type { ElementPattern, ListPattern, Pattern, TextPattern } from '../template/pattern.ts';

/** What the template's holes show. */
export interface TemplateInputs {
  readonly page: PageModel;
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly tableOf: ReadonlyMap<ListPattern, TableModel>;
  readonly queryOf: ReadonlyMap<ListPattern, Query>;
  /** Lists of the record that the page is about. */
  readonly innerOf: ReadonlyMap<ListPattern, Expr>;
  /** Lists of values that other records have, or that are kept of what was come to. */
  readonly groupOf: ReadonlyMap<ListPattern, Expr>;
}

type HoleIndex = ReadonlyMap<string, Hole>;

/** Columns are read from the row of the list, by name, so that nested rows do not hide it. */
function bound(expr: Expr, as: string | undefined): Expr {
  return as === undefined ? expr : mapColumns(expr, (col) => ({ col, of: as }));
}

class Emitter {
  readonly #inputs: TemplateInputs;
  readonly #holes: HoleIndex;

  constructor(inputs: TemplateInputs) {
    this.#inputs = inputs;
    this.#holes = new Map([...inputs.page.holes, ...inputs.page.trailHoles].map((hole) => [hole.id, hole]));
  }

  #exprOf(id: string, owner: Pattern): Expr | undefined {
    const hole = this.#holes.get(id);
    const expr = hole && this.#inputs.exprs.get(hole);
    const { list } = owner.frame;
    return expr && bound(expr, list ? this.#loopOf(list)?.as : undefined);
  }

  emit(pattern: Pattern): readonly Template[] {
    if (pattern.kind === 'list') return this.#list(pattern);
    if (pattern.kind === 'text') return [{ text: this.#text(pattern) }];
    if (pattern.tag === groupTag) return pattern.prose ? [this.#prose(pattern)] : pattern.kids.flatMap((kid) => this.emit(kid));
    const element = this.#element(pattern);
    const present = pattern.hangsOn
      ? hasContents(this.#written(pattern.hangsOn), pattern.hangsOn)
      : this.#exprOf(`${pattern.anchor}?`, pattern);
    if (!present || isLit(present, true)) return [element];
    return isLit(present, false) ? [] : [{ when: present, kids: [element] }];
  }

  #text(pattern: TextPattern): string | Expr {
    const expr = this.#exprOf(pattern.anchor, pattern);
    if (!expr) return pattern.nodes.values().next().value ?? '';
    const { lead, trail } = edgesOf(pattern);
    if ('lit' in expr) {
      const text = String(expr.lit ?? '');
      return text.trim() === '' ? text : `${lead}${text}${trail}`;
    }
    if (lead === '' && trail === '') return expr;
    return { fn: 'if', args: [{ fn: 'isBlank', args: [expr] }, expr, { fn: 'concat', args: [{ lit: lead }, expr, { lit: trail }] }] };
  }

  #loopOf(list: ListPattern): Loop | undefined {
    const values = this.#inputs.groupOf.get(list);
    if (values) return { values, as: itemName(list) };
    const table = this.#inputs.tableOf.get(list);
    if (table) {
      return this.#inputs.queryOf.get(list) ?? { from: table.name, as: rowName(table) };
    }
    const inner = this.#inputs.innerOf.get(list);
    if (inner) return { values: inner, as: itemName(list) };
    const outer = list.frame.list;
    const column = outer && this.#columnsOf(outer).find((candidate) => candidate.items?.list === list);
    const loop = outer && this.#loopOf(outer);
    return column && loop ? { values: { col: column.name, of: loop.as }, as: itemName(list) } : undefined;
  }

  /** Columns of a list's items: of the table's binding, or of the list inside a record. */
  #columnsOf(list: ListPattern): readonly ColumnModel[] {
    const table = this.#inputs.tableOf.get(list);
    if (table) return bindingAt(table, list)?.columns ?? [];
    return list.frame.list ? (this.#columnsOf(list.frame.list).find((column) => column.items?.list === list)?.items?.columns ?? []) : [];
  }

  #list(list: ListPattern): readonly Template[] {
    const loop = this.#loopOf(list);
    if (!loop) return [];
    const item = this.emit(list.item);
    if (list.separator === '') return [{ each: loop, kids: item }];
    if (list.separator.trim() === '') return [{ each: loop, kids: [...item, { text: list.separator }] }];
    const first: Expr = 'from' in loop ? { first: loop, get: { col: 'id', of: loop.as } } : { lit: '0' };
    const between: Template = { when: { fn: 'ne', args: [{ col: 'id', of: loop.as }, first] }, kids: [{ text: list.separator }] };
    return [{ each: loop, kids: [between, ...item] }];
  }

  #element(element: ElementPattern): Template {
    const attrs: Record<string, Attribute> = {};
    const names = new Set([...element.nodes.values()].flatMap((node) => Object.keys(node.attrs)));
    for (const name of [...names].sort()) {
      const value = name === 'class' ? this.#classes(element) : this.#attribute(element, name);
      if (value !== null) attrs[name] = value;
    }
    const kids = element.prose ? [this.#prose(element)] : element.kids.flatMap((kid) => this.emit(kid));
    return { el: element.tag, anchor: element.anchor, ...(element.svg ? { svg: true } : {}), attrs, kids };
  }

  #prose(element: ElementPattern): Template {
    const { furniture, lists } = element;
    if (lists) return { markup: listOf(this.#written(lists), lists), grammar: htmlGrammar };
    const written = this.#written(element);
    const tools = this.#exprOf(`${element.anchor}+`, element) ?? { lit: hasMostlyTools(element) };
    return { markup: furniture ? furnished(written, furniture, tools) : written, grammar: htmlGrammar };
  }

  /** What is written in an element, without what the application adds. */
  #written(element: ElementPattern): Expr {
    const { children } = element.nodes.values().next().value as DomElement;
    const { furniture } = element;
    return (
      this.#exprOf(`${element.anchor}*`, element) ?? { lit: markupValue(furniture ? unfurnish(children, furniture.furniture) : children) }
    );
  }

  #attribute(element: ElementPattern, name: string): Attribute | null {
    const expr = this.#exprOf(`${element.anchor}@${name}`, element);
    if (!expr) return element.nodes.values().next().value?.attrs[name] ?? null;
    if ('lit' in expr) return plain(expr.lit);
    // A link whose address is not known is a link all the same.
    const isLink = name === 'href' && [...element.nodes.values()].every(({ attrs }) => attrs['href'] !== undefined);
    return isLink && mayBeNothing(expr) ? { fn: 'text', args: [expr] } : expr;
  }

  #classes(element: ElementPattern): Attribute | null {
    const tokens = [
      ...new Set([...element.nodes.values()].flatMap((node) => (node.attrs['class'] ?? '').split(/\s+/).filter(Boolean))),
    ].sort();
    const fixed: string[] = [];
    const optional: Expr[] = [];
    for (const token of tokens) {
      const expr = this.#exprOf(`${element.anchor}.${token}`, element);
      if (!expr || isLit(expr, true)) fixed.push(token);
      else if (!isLit(expr, false)) optional.push({ fn: 'if', args: [expr, { lit: ` ${token}` }, { lit: '' }] });
    }
    if (optional.length === 0) return fixed.length > 0 ? fixed.join(' ') : null;
    return { fn: 'concat', args: [{ lit: fixed.join(' ') }, ...optional] };
  }
}

/** True for an expression that says nothing where a record is not known, or not what it holds. */
function mayBeNothing(expr: Expr): boolean {
  if ('fn' in expr) return expr.fn === 'if' && expr.args.slice(1).some(mayBeNothing);
  return 'col' in expr || 'first' in expr;
}

const isLit = (expr: Expr, value: Value): boolean => 'lit' in expr && expr.lit === value;

function plain(value: Value): string | null {
  if (value === null || value === false) return null;
  return value === true ? '' : String(value);
}

/** The template of a page, with every hole bound to what it shows. */
export function templateOf(inputs: TemplateInputs): Template {
  return new Emitter(inputs).emit(inputs.page.pattern.root)[0] as Template;
}
