import type { Expr } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { ElementPattern, Instance } from '../template/pattern.ts';
import type { ListQuery } from './list-queries.ts';
import { presenceOf } from './presence.ts';
import type { Explained } from './site-holes.ts';

/** Things on offer together of which a page marks one at most: sizes, colours, ways to pay. */
interface Choice {
  /** Whether the page offers it. */
  readonly offered: Expr;
  /** Whether one is marked. */
  readonly made: Expr;
}

const and = (a: Expr, b: Expr): Expr => ({ fn: 'and', args: [a, b] });
const or = (a: Expr, b: Expr): Expr => ({ fn: 'or', args: [a, b] });
const not = (a: Expr): Expr => ({ fn: 'not', args: [a] });

/** True where one at most is ever marked of what stands together, at times one and at times none. */
function isChoice(marks: readonly (readonly boolean[])[]): boolean {
  const counts = marks.filter((of) => of.length > 0).map((of) => of.filter(Boolean).length);
  return counts.includes(0) && counts.includes(1) && counts.every((count) => count <= 1);
}

/** Marks of all occurrences of an element, by what they stand in. */
function marksOf(holes: readonly Hole[], outerOf: (instance: Instance) => Instance | null): readonly (readonly boolean[])[] {
  const byOuter = new Map<Instance | null, boolean[]>();
  for (const { values } of holes)
    for (const [instance, value] of values) {
      const outer = outerOf(instance);
      byOuter.set(outer, [...(byOuter.get(outer) ?? []), value === true]);
    }
  return [...byOuter.values()];
}

/** Whether a list's items are a choice: a switch of their records marks one of them at most. */
function choicesOfList({ binding, query }: ListQuery, page: PageModel, explained: Explained): readonly Choice[] {
  const { list } = binding;
  if (binding.page !== page || !list || list.frame.list) return [];
  const switches = binding.columns.filter(({ type, source }) => type === 'boolean' && source?.kind === 'token');
  const { order: _order, offset: _offset, limit: _limit, ...all } = query;
  return switches.flatMap(({ name, source }): Choice[] => {
    if (!isChoice(marksOf([source as Hole], (item) => item.parent))) return [];
    const marked: Expr = { col: name, of: query.as };
    const here = presenceOf(list.parent, page, explained.exprs);
    return [
      {
        offered: here.reduceRight<Expr>((rest, test) => and(test, rest), { fn: 'gt', args: [{ count: all }, { lit: 0 }] }),
        made: { fn: 'gt', args: [{ count: { ...all, where: all.where ? and(all.where, marked) : marked } }, { lit: 0 }] },
      },
    ];
  });
}

/** Like elements that stand together in the page itself and of which a class marks one at most. */
function choicesOfSiblings(page: PageModel, explained: Explained): readonly Choice[] {
  const tokens = page.holes.filter(({ kind, frame, pattern }) => kind === 'token' && !frame.list && pattern.parent !== null);
  const groups = Map.groupBy(tokens, ({ pattern, name }) => `${pattern.parent?.anchor} ${(pattern as ElementPattern).tag} ${name}`);
  return [...groups.values()].flatMap((holes): Choice[] => {
    const parent = holes[0]?.pattern.parent;
    const exprs = holes.flatMap((hole) => explained.exprs.get(hole) ?? []).filter((expr) => !('lit' in expr));
    if (!parent || exprs.length < 2 || !isChoice(marksOf(holes, (instance) => instance))) return [];
    const here = presenceOf(parent, page, explained.exprs);
    return here.length === 0 ? [] : [{ offered: here.reduce(and), made: exprs.reduce(or) }];
  });
}

const sameMade = (a: Choice, b: Choice): boolean => JSON.stringify(a.made) === JSON.stringify(b.made);

/** Whether a choice that the page offers is still to be made; null for a page that offers none. */
export function openChoice(page: PageModel, explained: Explained): Expr | null {
  const choices = [
    ...explained.queries.flatMap((query) => choicesOfList(query, page, explained)),
    ...choicesOfSiblings(page, explained),
  ].filter((choice, i, all) => all.findIndex((other) => sameMade(other, choice)) === i);
  return choices.length === 0 ? null : choices.map(({ offered, made }) => and(offered, not(made))).reduce(or);
}
