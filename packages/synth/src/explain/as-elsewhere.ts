import type { Expr } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { PageModel } from '../pages/page-model.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import { varies } from '../template/holes.ts';
import type { Pattern } from '../template/pattern.ts';
import { spotOf } from '../template/place.ts';
import { knownValue } from './known-values.ts';
import type { ExplainInputs } from './page-holes.ts';
import { examplesOf } from './page-holes.ts';
import type { Placed } from './shared-registers.ts';

type Place = Placed[number];

/** What is known of all places. */
interface Known {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly inputs: ExplainInputs;
}

/** Occasions on which another page's words for a place may be off and still be better than the page's own, which few occasions gave. */
const few = 1;
const fewOccasions = 12;
/** Share of occasions on which another page's words must be right at least: what is remembered is wrong on all where it can't be asked. */
const rightShare = 0.5;

function missesOf(hole: Hole, expr: Expr, inputs: ExplainInputs): number {
  return examplesOf(hole, inputs).filter(({ scope, value }) => {
    const said = knownValue(expr, scope);
    return typeof value === 'boolean' ? said !== value : toText(said).trim() !== toText(value).trim();
  }).length;
}

/** What a page says of its own address, or of what is typed there, means something else on others. */
const isOwn = (expr: Expr): boolean => /"(?:param|loc|field)":/.test(JSON.stringify(expr));

/** The variables in the paths of pages that an expression names, and nothing else of an address; none where it names something else. */
function variablesIn(expr: Expr): readonly string[] {
  const spelled = JSON.stringify(expr);
  const names = [...spelled.matchAll(/"param":"([^"]*)"/g)].map(([, name]) => name as string);
  return /"(?:loc|field)":/.test(spelled) || !names.every((name) => /^p\d+$/.test(name)) ? [] : names;
}

/** True where what one page says of its address means the same on another: both stand below one path, up to the variables that it names. */
function standsFor(expr: Expr, from: PageModel, to: PageModel): boolean {
  const names = variablesIn(expr);
  const upTo = ({ route }: PageModel, name: string): string =>
    route
      .split('/')
      .slice(0, Number(name.slice(1)) + 1)
      .join('/');
  return (
    names.length > 0 && from !== to && names.every((name) => upTo(from, name) === upTo(to, name) && upTo(to, name).endsWith(`:${name}`))
  );
}

/** A register is right about all that was seen, and says nothing of what comes next. */
const holdsRegister = (expr: Expr): boolean => JSON.stringify(expr).includes('"reg":');

/** Whether lists that scripts keep hold anything: what pages say of it is the same everywhere. */
function emptiness(tables: readonly TableModel[]): readonly Expr[] {
  const wholes = tables.filter(({ whole }) => whole === true);
  return wholes.flatMap(({ name }): Expr[] => {
    const isEmpty: Expr = { fn: 'eq', args: [{ count: { from: name, as: 'q' } }, { lit: 0 }] };
    return [isEmpty, { fn: 'not', args: [isEmpty] }];
  });
}

/** Ways to say what a place shows, those that account for most of its occasions on all pages first. */
function candidates(spot: readonly Hole[], exprs: ReadonlyMap<Hole, Expr>, inputs: ExplainInputs): readonly Expr[] {
  const isSwitch = typeof spot[0]?.values.values().next().value === 'boolean';
  const said = spot.flatMap((hole) => exprs.get(hole) ?? []).filter((expr) => !('lit' in expr) && !isOwn(expr));
  const all = new Map([...(isSwitch ? emptiness(inputs.tables) : []), ...said].map((expr) => [JSON.stringify(expr), expr]));
  const total = (expr: Expr): number => spot.reduce((sum, hole) => sum + missesOf(hole, expr, inputs), 0);
  return [...all.values()]
    .map((expr) => ({ expr, misses: total(expr) }))
    .toSorted((a, b) => a.misses - b.misses)
    .map(({ expr }) => expr);
}

/** What pages below the same path say of their address at a place, what is right most often first. */
function fromAddress([page, hole]: Place, spot: Placed, { exprs, inputs }: Known): Expr | undefined {
  const said = spot.flatMap(([from, other]) => {
    const expr = exprs.get(other);
    return expr && !holdsRegister(expr) && standsFor(expr, from, page) ? [expr] : [];
  });
  const all = new Map(said.map((expr) => [JSON.stringify(expr), expr]));
  const [best] = [...all.values()].map((expr) => ({ expr, misses: missesOf(hole, expr, inputs) })).toSorted((a, b) => a.misses - b.misses);
  return best && best.misses === 0 ? best.expr : undefined;
}

/** True where all that is known of a place is what it showed: of a text also where it always showed the same. */
const isOpen = ({ kind }: Hole, own: Expr | undefined): boolean =>
  own ? holdsRegister(own) || ('lit' in own && kind === 'text') : kind === 'text';

/** True for what a part of the page that comes and goes always has. */
function belongsToPart({ pattern, values }: Hole, optional: ReadonlySet<Pattern>): boolean {
  if (varies(values)) return false;
  for (let at = pattern.parent; at; at = at.parent) if (optional.has(at)) return true;
  return false;
}

/** True for what is reckoned from lists. */
const isTotal = (expr: Expr): boolean => /"(?:sum|count)":/.test(JSON.stringify(expr)) && !holdsRegister(expr);

/** True for a number that never changed here, which other pages reckon in a way that is right here too: it was only seen to be the same. */
function isReckoned(hole: Hole, total: Expr | undefined, inputs: ExplainInputs): total is Expr {
  if (!total || hole.kind !== 'text' || varies(hole.values) || hole.values.size === 0) return false;
  const [text] = hole.values.values();
  return /\d/.test(toText(text ?? '')) && missesOf(hole, total, inputs) === 0;
}

/** One place of the layout on all pages that have it, with the ways to say what it shows, the best first. */
interface Spot {
  readonly places: Placed;
  readonly ways: readonly Expr[];
}

/** True where another page's words for a place account for what was seen of it well enough. */
function bears(hole: Hole, { own, best, inputs }: { own: Expr; best: Expr; inputs: ExplainInputs }): boolean {
  if (best === own || (holdsRegister(best) && !holdsRegister(own))) return false;
  const allowed = missesOf(hole, own, inputs) + (hole.values.size < fewOccasions ? few : 0);
  const most = Math.max(few, (1 - rightShare) * hole.values.size);
  return missesOf(hole, best, inputs) <= Math.min(allowed, most);
}

/** What else a place is to be explained by; undefined where it is explained as well as can be. */
function otherwise(place: Place, { places, ways }: Spot, known: Known & { readonly optional: ReadonlySet<Pattern> }): Expr | undefined {
  const [, hole] = place;
  const { exprs, inputs, optional } = known;
  const own = exprs.get(hole);
  const named = isOpen(hole, own) ? fromAddress(place, places, known) : undefined;
  if (named) return named;
  const total = ways.find(isTotal);
  if (isReckoned(hole, total, inputs)) return total;
  if (!own || 'lit' in own) return undefined;
  if (belongsToPart(hole, optional)) return { lit: hole.values.values().next().value ?? null };
  const [best] = ways;
  return best && bears(hole, { own, best, inputs }) ? best : undefined;
}

/**
 * One part of the layout is explained alike on all pages that have it, as far as what was seen of it on each bears that out; what a part
 * of one page always has goes with the part, and what names the address goes with the path. Gives the holes to be explained otherwise.
 */
export function asElsewhere(placed: Placed, exprs: ReadonlyMap<Hole, Expr>, inputs: ExplainInputs): ReadonlyMap<Hole, Expr> {
  const all = placed.filter(([, hole]) => !hole.live && !hole.frame.list);
  const varying = all.filter(([, { kind, values }]) => kind === 'presence' && varies(values));
  const optional = new Set(varying.map(([, { pattern }]) => pattern));
  const better = new Map<Hole, Expr>();
  for (const places of Map.groupBy(all, ([, hole]) => spotOf(hole)).values()) {
    const holes = places.map(([, hole]) => hole);
    const ways = places.length > 1 ? candidates(holes, exprs, inputs) : [];
    for (const place of places) {
      const expr = otherwise(place, { places, ways }, { exprs, inputs, optional });
      if (expr) better.set(place[1], expr);
    }
  }
  return better;
}
