import type { Expr } from '@backlot/protocol';
import type { Site } from '../pages/page-model.ts';
import { mainList } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight, varies } from '../template/holes.ts';
import type { SessionViews } from '../views.ts';
import { accountConstants } from './account-constants.ts';
import { asElsewhere } from './as-elsewhere.ts';
import { bySpot } from './by-spot.ts';
import { commonest } from './commonest.ts';
import type { GroupList } from './groups.ts';
import { groupLists } from './groups.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';
import { Ledger, matters } from './ledger.ts';
import type { ListQuery } from './list-queries.ts';
import { listQueriesOf } from './list-queries.ts';
import type { MemoryModel, Mode } from './memory.ts';
import { rememberPage } from './memory.ts';
import type { ExplainInputs } from './page-holes.ts';
import { explainInPart, explainList, explainPageHole, explainRowHole } from './page-holes.ts';
import type { RecordShow } from './record-shows.ts';
import { elsewhere, recordShows, settleGroup, settleTables, withRecords } from './record-shows.ts';
import { totalsOn } from './bills.ts';
import { byNeighbour, elementOf } from './neighbours.ts';
import { ratesOn } from './rates.ts';
import { openedLists } from './opened-lists.ts';
import type { OpenedList } from './opened-lists.ts';
import type { RegisterModel } from './registers.ts';
import { registersFor, toldByKnown } from './registers.ts';
import type { RememberInputs } from './remember.ts';
import { belongsToAddress } from './remember.ts';
import type { Placed } from './shared-registers.ts';
import { foundRegisters, maxModes, numbered, pageHoles } from './shared-registers.ts';
import { isHeld } from './touched.ts';
import type { TrailModel } from './trails.ts';
import { trailModels } from './trails.ts';
import type { Visit } from './visits.ts';
import { visitsOf } from './visits.ts';

export type { RegisterModel } from './registers.ts';

/** What every hole shows. */
export interface Explained {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly queries: readonly ListQuery[];
  readonly groups: readonly GroupList[];
  readonly registers: readonly RegisterModel[];
  readonly memories: readonly MemoryModel[];
  readonly trails: readonly TrailModel[];
  readonly visits: readonly Visit[];
  /** Occasions on which a hole showed something else than its expression says. */
  readonly misses: ReadonlyMap<Hole, number>;
}

/** Explaining needs the state behind views, which needs the registers found so far. */
export type InputsWith = (registers: readonly RegisterModel[]) => Omit<ExplainInputs, 'queries'>;

function explainRows(inputs: ExplainInputs, ledger: Ledger): void {
  for (const table of inputs.tables) {
    for (const hole of table.bindings.flatMap((binding) => binding.rest)) {
      if (ledger.exprs.has(hole) || ledger.settle(hole, explainRowHole(table, hole, inputs))) continue;
      ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
    }
  }
}

/** Explains what the lists show: by query for records with names, by condition for the others. */
function listQueries(inputs: Omit<ExplainInputs, 'queries'>, known: KnownRegisters): readonly ListQuery[] {
  const { sessions, registers, modes } = known;
  return inputs.tables.flatMap((table) => {
    const byQuery = table.key !== undefined || table.recalled;
    if (byQuery) return listQueriesOf(table, { belief: inputs.belief, sessions, registers, modes });
    const shown = explainList(table, { ...inputs, queries: [] });
    const where = shown && !('lit' in shown.expr) ? { where: shown.expr } : {};
    const query = { from: table.name, as: `r${table.name}`, ...where };
    const learned = { query, exact: 0, misses: [], membership: 1, alternatives: [], certainty: 'certain' as const };
    return [{ table, binding: mainList(table), query, learned }];
  });
}

interface KnownRegisters {
  readonly sessions: readonly SessionViews[];
  readonly registers: readonly RegisterModel[];
  readonly modes: readonly RegisterModel[];
}

function explainPages(holes: Placed, inputs: ExplainInputs, ledger: Ledger): Placed {
  return holes.filter(([page, hole]) => {
    if (ledger.exprs.has(hole)) return false;
    if (!varies(hole.values) && !hole.live) return true;
    if (varies(hole.values) && matters(hole)) return !ledger.settle(hole, explainPageHole(page, hole, inputs));
    ledger.exprs.set(hole, { lit: commonest(hole.values.values()) });
    return false;
  });
}

/** True for what changes under the user's hands: it is the page's own affair, whatever the address. */
const changesHere = (spot: Spot): boolean => spot.holes.some((hole) => !hole.live && changesInLoad(hole));

/** Holes whose values hang on the address rather than on what happened before. */
function addressHoles(open: Placed, judged: RememberInputs): ReadonlySet<Hole> {
  const spots = spotsOf(open.map(([, hole]) => hole));
  return new Set(
    spots
      .filter((spot) => spot.holes.every(isOutOfSight) || (!changesHere(spot) && belongsToAddress(spot, judged)))
      .flatMap((spot) => spot.holes),
  );
}

/** By how many registers what is remembered is told apart. */
const maxKeyModes = 1;

/** Share of the views without a known record that must show the same for it to be what the page says then. */
const ownShare = 0.9;

/** What sessions showed, and the registers that many pages share, under any names. */
export interface Seen {
  readonly sessions: readonly SessionViews[];
  readonly modes: readonly RegisterModel[];
}

/** Explains a site stage by stage; each stage leaves fewer holes open. */
class SiteExplainer {
  readonly #ledger = new Ledger();
  readonly #site: Site;
  readonly #sessions: readonly SessionViews[];
  readonly #inputsWith: InputsWith;
  readonly #isHeld: RememberInputs['isHeld'];
  readonly #shows: ReadonlyMap<string, readonly RecordShow[]>;
  /** Holes of whole pages without the occasions on which they show a known record, by the holes that they are part of. */
  readonly #whole = new Map<Hole, Hole>();
  readonly #holes: Placed;
  readonly #fixed: readonly RegisterModel[];
  readonly #shared: readonly RegisterModel[];
  readonly #common: readonly RegisterModel[];
  readonly #judged: RememberInputs;
  readonly #opened: readonly OpenedList[];
  readonly #trails: readonly TrailModel[];

  constructor(site: Site, { sessions, modes: shared }: Seen, inputsWith: InputsWith) {
    this.#site = site;
    this.#sessions = sessions;
    this.#inputsWith = inputsWith;
    const { tables, touched } = inputsWith([]);
    this.#isHeld = (hole, instance) => isHeld(hole, instance, touched[instance.view.session] ?? new Map());
    settleTables(tables, this.#ledger);
    this.#shows = recordShows(tables);
    this.#holes = pageHoles(site).map(([page, hole]) => [page, this.#partOf(hole)] as const);
    for (const [part, hole] of this.#whole) if (part !== hole && !hole.live) this.#settleOwnWords(part);
    const free = this.#holes.map(([, hole]) => hole).filter((hole) => this.#isFree(hole));
    this.#fixed = accountConstants(free, sessions, 0);
    this.#ledger.adopt(this.#fixed);
    this.#opened = openedLists(tables, sessions);
    this.#trails = trailModels(site, sessions);
    this.#ledger.adopt(this.#trails.map(({ register }) => register));
    this.#shared = numbered(besides(shared, this.#fixed), this.#fixed.length);
    this.#common = [...this.#shared, ...this.#opened.map(({ register }) => register)];
    this.#ledger.adopt(this.#common);
    const modes = this.#modes.map((mode): Mode => ({ name: mode.name, at: (view) => mode.values.get(view) ?? null }));
    this.#judged = { sessions, isHeld: this.#isHeld, modes };
  }

  get #modes(): readonly RegisterModel[] {
    return this.#shared.slice(0, maxKeyModes);
  }

  /** The hole without what users put there, and without what tables say of it. */
  #partOf(hole: Hole): Hole {
    const own = this.#shows.get(hole.id);
    const template = hole.live ? this.#untouched(hole) : hole;
    const part = own ? elsewhere(template, own) : template;
    this.#whole.set(part, hole);
    return part;
  }

  #untouched(hole: Hole): Hole {
    const values = new Map([...hole.values].filter(([instance]) => !this.#isHeld(hole, instance)));
    return values.size > 0 ? { ...hole, values } : hole;
  }

  /** Where a place shows records, what it shows without one is the page's own, whatever other pages show there. */
  #settleOwnWords(part: Hole): void {
    const words = commonest(part.values.values());
    const same = [...part.values.values()].filter((value) => value === words).length;
    if (part.values.size > 0 && same >= ownShare * part.values.size) this.#ledger.exprs.set(part, { lit: words });
  }

  #isFree(hole: Hole): boolean {
    return matters(hole) && !this.#ledger.exprs.has(hole) && !this.#shows.has(hole.id);
  }

  #queries(registers: readonly RegisterModel[]): readonly ListQuery[] {
    const inputs = this.#inputsWith(registers);
    const tables = inputs.tables.filter(({ opened }) => opened !== true);
    const learned = listQueries({ ...inputs, tables }, { sessions: this.#sessions, registers, modes: this.#modes });
    return [...learned, ...this.#opened.map(({ query }) => query)];
  }

  explain(): Explained {
    const queries = this.#queries(this.#common);
    const open = explainPages(this.#holes, { ...this.#inputsWith(this.#common), queries }, this.#ledger);
    const shown = foundRegisters(this.#site, open, { sessions: this.#sessions, explained: this.#ledger.exprs });
    const { told, left } = toldByKnown(shown.slice(0, maxModes), this.#common);
    for (const [hole, expr] of told) this.#ledger.exprs.set(hole, expr);
    const found = numbered(left, this.#fixed.length + this.#common.length);
    this.#ledger.adopt(found);
    const registers = [...this.#common, ...found];
    const rest = explainPages(open, { ...this.#inputsWith(registers), queries }, this.#ledger);
    return this.#settleRest({ open, rest, found });
  }

  /** What is still open is remembered, by address or as registers, unless the lists explain it once they know all registers. */
  #settleRest({
    open,
    rest,
    found,
  }: {
    readonly open: Placed;
    readonly rest: Placed;
    readonly found: readonly RegisterModel[];
  }): Explained {
    const registers = [...this.#common, ...found];
    const byAddress = addressHoles(rest, this.#judged);
    const habits = rest.map(([, hole]) => hole).filter((hole) => !byAddress.has(hole));
    const own = registersFor(habits, this.#sessions, this.#fixed.length + registers.length);
    const queries = this.#queries([...registers, ...own]);
    const inputs: ExplainInputs = { ...this.#inputsWith([...registers, ...own]), queries };
    const groups = groupLists(inputs);
    for (const group of groups) settleGroup(group, this.#ledger);
    const isAsked = namedIn(queries);
    this.#ledger.adopt(own.filter(isAsked));
    const known = [...registers, ...own].filter((register) => isAsked(register) || this.#common.includes(register));
    this.#tryAgain(this.#notAsked(open, isAsked, [...found, ...own]), {
      ...inputs,
      isLast: true,
      registers: known.map((register): Expr => ({ reg: register.name })),
    });
    explainRows(inputs, this.#ledger);
    const kept = own.flatMap((register) => (isAsked(register) ? [register] : this.#stillOpen(register)));
    this.#ledger.adopt(kept);
    for (const [hole, expr] of bySpot(this.#holes, this.#ledger.exprs, [...registers, ...kept])) this.#ledger.exprs.set(hole, expr);
    this.#tellInPart(inputs);
    this.#tellByNeighbours(rest);
    const memories = this.#remember(rest, byAddress);
    for (const [hole, expr] of asElsewhere(this.#holes, this.#ledger.exprs, inputs)) this.#ledger.exprs.set(hole, expr);
    const rates = this.#reckon(this.#fixed.length + registers.length + own.length);
    this.#finish();
    const { exprs, misses } = this.#ledger;
    const visits = visitsOf(this.#trails, this.#sessions, { ...inputs, pages: this.#site.pages });
    return {
      exprs,
      queries,
      groups,
      registers: [...this.#fixed, ...registers, ...kept, ...rates],
      memories,
      trails: this.#trails,
      visits,
      misses,
    };
  }

  /** Holes that no register of the lists is shown by. */
  #notAsked(open: Placed, isAsked: (register: RegisterModel) => boolean, registers: readonly RegisterModel[]): Placed {
    const asked = new Set(registers.filter(isAsked).flatMap((register) => [...register.holes.keys()]));
    return open.filter(([, hole]) => !asked.has(hole));
  }

  /** What was open once is explained by all that is known by now; where that fails, what was found before stands. */
  #tryAgain(open: Placed, inputs: ExplainInputs): void {
    const before = new Map(this.#ledger.exprs);
    for (const [, hole] of open) this.#ledger.exprs.delete(hole);
    for (const [, hole] of explainPages(open, inputs, this.#ledger)) {
      const expr = before.get(hole);
      if (expr) this.#ledger.exprs.set(hole, expr);
    }
  }

  /** Numbers that registers hold are worked out as long as a condition holds under which they can be. */
  #tellInPart(inputs: ExplainInputs): void {
    for (const [page, hole] of this.#holes) {
      const otherwise = this.#ledger.exprs.get(hole);
      if (!otherwise || !('reg' in otherwise) || hole.kind !== 'text') continue;
      const part = explainInPart(page, hole, inputs);
      if (part) this.#ledger.exprs.set(hole, { fn: 'if', args: [part.test, part.expr, otherwise] });
    }
  }

  /** Where links lead, and what else is out of sight, goes by what their elements show. */
  #tellByNeighbours(rest: Placed): void {
    const byElement = Map.groupBy(
      this.#holes.map(([, hole]) => hole),
      elementOf,
    );
    for (const [, hole] of rest) {
      if (this.#ledger.exprs.has(hole) || hole.live || !isOutOfSight(hole)) continue;
      const expr = byNeighbour(hole, byElement.get(elementOf(hole)) ?? [], this.#ledger.exprs);
      if (expr) this.#ledger.exprs.set(hole, expr);
    }
  }

  /** Amounts that are remembered, or at times wrong, are reckoned from what else their page shows: rates first, then what they add up to. */
  #reckon(from: number): readonly RegisterModel[] {
    const { exprs, misses } = this.#ledger;
    const isDoubtful = (hole: Hole): boolean => (misses.get(hole) ?? 0) > 0 || JSON.stringify(exprs.get(hole)).includes('"reg"');
    const registers: RegisterModel[] = [];
    for (const page of this.#site.pages) {
      const rated = ratesOn(page, { exprs, sessions: this.#sessions, from: from + registers.length });
      registers.push(...rated.registers);
      for (const [hole, expr] of rated.exprs) exprs.set(hole, expr);
      for (const [hole, expr] of totalsOn(page, exprs, isDoubtful)) exprs.set(hole, expr);
    }
    return registers;
  }

  #stillOpen(register: RegisterModel): readonly RegisterModel[] {
    const holes = new Map([...register.holes].filter(([hole]) => !this.#ledger.exprs.has(hole)));
    return holes.size > 0 ? [{ ...register, holes }] : [];
  }

  #remember(rest: Placed, byAddress: ReadonlySet<Hole>): readonly MemoryModel[] {
    const memories = this.#site.pages.flatMap((page): MemoryModel[] => {
      const mine = rest.flatMap(([of, hole]) => (of === page && byAddress.has(hole) && !this.#ledger.exprs.has(hole) ? [hole] : []));
      return mine.length === 0 ? [] : [rememberPage({ page: page.id, holes: mine, ...this.#judged })];
    });
    for (const memory of memories) for (const [hole, expr] of memory.exprs) this.#ledger.exprs.set(hole, expr);
    return memories;
  }

  /** What never varied here stays as it was; what shows a known record somewhere shows it there. */
  #finish(): void {
    const { exprs } = this.#ledger;
    const [first] = this.#modes;
    const mode: Expr | undefined = first && { reg: first.name };
    for (const [, hole] of this.#holes) {
      const isConstant = !exprs.has(hole) && hole.values.size > 0 && !varies(hole.values);
      if (isConstant) exprs.set(hole, { lit: hole.values.values().next().value ?? null });
    }
    for (const [part, hole] of this.#whole) {
      const own = this.#shows.get(hole.id);
      const expr = exprs.get(part);
      if (own) exprs.set(hole, withRecords(expr ?? { lit: commonest(part.values.values()) }, own, mode));
      else if (expr && part !== hole) exprs.set(hole, expr);
    }
  }
}

/** Registers without what the account alone decides; those that tell nothing else are left out. */
function besides(registers: readonly RegisterModel[], fixed: readonly RegisterModel[]): readonly RegisterModel[] {
  const known = new Set(fixed.flatMap(({ holes }) => [...holes.keys()]));
  return registers.flatMap((register) => {
    const holes = new Map([...register.holes].filter(([hole]) => !known.has(hole)));
    return holes.size === 0 && register.holes.size > 0 ? [] : [{ ...register, holes }];
  });
}

/** Tells whether the queries name a register. */
function namedIn(queries: readonly ListQuery[]): (register: RegisterModel) => boolean {
  const spelled = JSON.stringify(queries.map(({ query }) => query));
  return ({ name }) => spelled.includes(`"reg":"${name}"`);
}

/**
 * Explains every hole of the site: by lists, records and address; by registers that several places share; the rest by whatever would
 * have been right more often, what the same address showed to others or what was shown last.
 */
export function explainSite(site: Site, seen: Seen, inputsWith: InputsWith): Explained {
  return new SiteExplainer(site, seen, inputsWith).explain();
}
