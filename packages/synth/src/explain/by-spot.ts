import type { Expr } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import { spotsOf } from './layout.ts';
import type { RegisterModel } from './registers.ts';
import type { Placed } from './shared-registers.ts';

/** Pages on which a register must be what a place of the layout shows. */
const fewestPages = 2;
/** Share of views on which it must be right about the others. */
const agreed = 0.95;

/** The texts among which conditions choose. */
function choices(expr: Expr): ReadonlySet<string> {
  if ('lit' in expr) return new Set(typeof expr.lit === 'string' ? [expr.lit] : []);
  if (!('fn' in expr) || expr.fn !== 'if') return new Set();
  return new Set(expr.args.slice(1).flatMap((arg) => [...choices(arg)]));
}

/** True where conditions only choose among texts that were seen. */
export const isRemembered = (expr: Expr): boolean => choices(expr).size > 1;

const isFixed = (expr: Expr): boolean => 'lit' in expr || isRemembered(expr);

function agrees({ values }: RegisterModel, hole: Hole): boolean {
  const seen = [...hole.values].filter(([{ view }]) => values.has(view));
  return seen.length > 0 && seen.filter(([{ view }, value]) => values.get(view) === value).length >= agreed * seen.length;
}

/**
 * Where several pages show a register at one place of the layout, the others do too, if they only were seen to show some of the texts
 * that it held: who is logged in is the same on every page.
 */
export function bySpot(holes: Placed, exprs: ReadonlyMap<Hole, Expr>, registers: readonly RegisterModel[]): ReadonlyMap<Hole, Expr> {
  const known = new Map(registers.map((register) => [register.name, register]));
  const texts = holes.map(([, hole]) => hole).filter(({ kind, frame }) => kind === 'text' && !frame.list);
  return new Map(
    spotsOf(texts).flatMap(({ holes: spot }): readonly (readonly [Hole, Expr])[] => {
      const named = spot.flatMap((hole) => {
        const expr = exprs.get(hole);
        return expr && 'reg' in expr ? [expr.reg] : [];
      });
      const [name] = named;
      const register = name === undefined ? undefined : known.get(name);
      if (!register || named.length < fewestPages || new Set(named).size > 1) return [];
      const others = spot.filter((hole) => isFixed(exprs.get(hole) ?? { reg: '' }) && agrees(register, hole));
      return others.map((hole) => [hole, { reg: register.name }] as const);
    }),
  );
}
