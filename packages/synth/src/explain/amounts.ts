import type { Expr } from '@backlot/protocol';
import { functions } from '@backlot/world';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';

/** Places of a page that show amounts, and what they amount to on each occasion; what is not there amounts to nothing. */
export interface Amounts {
  readonly holes: readonly Hole[];
  /** One of each kind of occasion. */
  readonly seen: readonly Instance[];
  readonly at: (hole: Hole, instance: Instance) => number;
}

/** Pages with more amounts than this show tables rather than one reckoning. */
const mostAmounts = 9;

/** True where all values are numbers, possibly with a sign or two around, or nothing, and not all are nothing. */
export const isNumeric = (values: readonly unknown[]): boolean =>
  values.some((value) => value !== '') &&
  values.every((value) => typeof value === 'string' && /^(?:[^\d]{0,3}[\d.,]+[^\d]{0,3})?$/.test(value.trim()));

const amountOf = (text: unknown): number => (typeof text === 'string' && text.trim() !== '' ? Number(functions['amount']?.(text) ?? 0) : 0);

/** The amounts that a page shows outside lists, as far as it is told what they are. */
export function amountsOf(page: PageModel, exprs: ReadonlyMap<Hole, Expr>): Amounts {
  const holes = page.holes.filter(
    (hole) => hole.kind === 'text' && !hole.frame.list && !hole.live && exprs.has(hole) && isNumeric([...hole.values.values()]),
  );
  const at = (hole: Hole, instance: Instance): number => amountOf(hole.values.get(instance));
  const all = page.views.flatMap((view) => page.instanceOf.get(view) ?? []);
  const kinds = new Map<string, Instance>();
  if (holes.length <= mostAmounts)
    for (const instance of all) {
      const kind = `${instance.view.session} ${holes.map((hole) => hole.values.get(instance) ?? '-').join(' ')}`;
      if (!kinds.has(kind)) kinds.set(kind, instance);
    }
  return { holes: holes.length <= mostAmounts ? holes : [], seen: [...kinds.values()], at };
}

/** How far from what it stands for a rounded amount may be, and a bit for what computers make of decimals. */
export const rounding = 0.005 + 1e-6;

/** An amount as a place writes it: what stands around it, its decimals, what separates thousands. Null where that differs. */
export function written({ values }: Hole, amount: Expr): Expr | null {
  const texts = [...new Set(values.values())].map(String).filter((text) => text !== '');
  const parts = texts.map((text) => /^(\D*)([\d.,]*\d)(\D*)$/.exec(text));
  const [first] = parts;
  if (!first || parts.some((part) => part?.[1] !== first[1] || part?.[3] !== first[3])) return null;
  const [, before = '', digits = '', after = ''] = first;
  const decimals = /[.,](\d{1,2})$/.exec(digits)?.[1]?.length ?? 0;
  const style = [',', '.', ' ', ''].find((group) =>
    parts.every((part) => functions['fixed']?.(amountOf(part?.[2]), decimals, group) === part?.[2]),
  );
  if (style === undefined) return null;
  const number: Expr = { fn: 'fixed', args: [amount, { lit: decimals }, { lit: style }] };
  return { fn: 'concat', args: [{ lit: before }, number, { lit: after }] };
}
