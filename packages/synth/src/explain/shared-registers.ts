import { mapLeaves } from '../map-leaves.ts';
import { saidBy } from '../pages/params.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight } from '../template/holes.ts';
import type { SessionViews } from '../views.ts';
import { silentNames } from './asked-more.ts';
import type { Ledger } from './ledger.ts';
import { isUniform } from './placed.ts';
import type { RegisterModel } from './registers.ts';
import { registersFor } from './registers.ts';

/** Holes of whole pages, each with its page. */
export type Placed = readonly (readonly [PageModel, Hole])[];

/** All holes that belong to whole pages rather than to the items of a list. */
export function pageHoles(site: Site): Placed {
  return site.pages.flatMap((page) => page.holes.filter((hole) => !hole.frame.list).map((hole) => [page, hole] as const));
}

const isSwitch = (hole: Hole): boolean => typeof hole.values.values().next().value === 'boolean';

/** How many registers may be named in conditions */
export const maxModes = 8;

/** True for a switch that is on just where the path names something, or just where it does not: a record to change, or none yet. */
function isToldByPath(page: PageModel, { values }: Hole): boolean {
  const seen = [...values].map(([{ view }, value]) => ({ params: saidBy(page, view), isOn: value === true }));
  const names = page.routes.flatMap((route) => route.split('/').flatMap((segment) => (segment.startsWith(':') ? [segment.slice(1)] : [])));
  return [...new Set(names)].some((name) => {
    const isGiven = seen.map(({ params }) => (params[name] ?? '') !== '');
    const agreeing = seen.filter(({ isOn }, i) => isOn === isGiven[i]).length;
    return new Set(isGiven).size > 1 && (agreeing === 0 || agreeing === seen.length);
  });
}

/** True for a part that is there just where the query asks for one of several things: that tells more than another page's switch. */
function isToldByQuery({ kind, values }: Hole): boolean {
  if (kind !== 'presence') return false;
  return silentNames([...values].map(([{ view }, value]) => ({ url: view.url, isThere: value === true }))) !== null;
}

/** Registers that the same switch shows on several pages (who is logged in): told by agreement alone, before anything but the address. */
export function sharedModes(site: Site, sessions: readonly SessionViews[]): readonly RegisterModel[] {
  const switches = pageHoles(site)
    .filter(([page, hole]) => hole.kind === 'presence' && !changesInLoad(hole) && !isToldByPath(page, hole))
    .map(([, hole]) => hole);
  const pagesOf = (register: RegisterModel): number =>
    site.pages.filter((page) => page.holes.some((hole) => register.holes.has(hole))).length;
  return registersFor(switches, sessions, 0)
    .filter((register) => pagesOf(register) > 1 && ![...register.holes.keys()].some(isToldByQuery))
    .slice(0, maxModes);
}

/** Registers among unexplained switches that several holes show, and texts that whole layouts share. */
export function foundRegisters(
  site: Site,
  open: Placed,
  { sessions, explained }: { readonly sessions: readonly SessionViews[]; readonly explained: Ledger['exprs'] },
): readonly RegisterModel[] {
  const holes = open.map(([, hole]) => hole).filter((hole) => !hole.live && !isOutOfSight(hole));
  const uniform = site.pages.flatMap((page) =>
    page.holes.filter((hole) => hole.frame.list && !explained.has(hole) && isSwitch(hole) && isUniform(hole)),
  );
  return registersFor([...holes.filter((hole) => isSwitch(hole) || !changesInLoad(hole)), ...uniform], sessions, 0).filter(
    (register) => register.holes.size > 1,
  );
}

/** The registers under new names, counted on from a number. */
export function numbered(registers: readonly RegisterModel[], from: number): readonly RegisterModel[] {
  return registers.map((register, i) => {
    const name = `g${from + i}`;
    const holes = new Map([...register.holes].map(([hole, expr]) => [hole, mapLeaves(expr, () => ({ reg: name }))] as const));
    return { ...register, name, holes };
  });
}
