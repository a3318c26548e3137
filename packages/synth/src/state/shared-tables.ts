import type { Expr } from '@backlot/protocol';
import { placeOf, spotOf } from '../template/place.ts';
import { varies } from '../template/holes.ts';
import type { ListPattern } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { renamed } from './renamed.ts';

type ListBinding = Binding & { readonly list: ListPattern };

/** What a column shows and where, spelled alike for the same place of several pages. */
function columnSpot({ source, part, items, owner, name }: ColumnModel): string {
  if (source) return `${spotOf(source)} ${part ?? ''}`;
  return items ? `${placeOf(items.list.item)} list` : owner ? `owner ${name}` : name;
}

/** Lists that stand at the same place of several pages, the fullest first. */
export function listsByPlace(locals: readonly ListBinding[]): readonly (readonly ListBinding[])[] {
  const groups = new Map<string, ListBinding[]>();
  for (const local of locals) {
    const place = placeOf(local.list.item);
    groups.set(place, [...(groups.get(place) ?? []), local]);
  }
  const size = ({ list }: ListBinding): number => list.itemFrame.instances.length;
  return [...groups.values()].map((group) => group.toSorted((a, b) => size(b) - size(a)));
}

/** A table's columns with the places that show them. */
export interface SharedColumns {
  readonly columns: readonly ColumnModel[];
  readonly bindings: readonly Binding[];
}

/** What the items of the list seen most show, by place; what they say of their own page's address means something else on others. */
function said({ shows }: ListBinding): ReadonlyMap<string, Expr> {
  return new Map([...shows].filter(([, expr]) => !JSON.stringify(expr).includes('"param":')).map(([hole, expr]) => [spotOf(hole), expr]));
}

/** What a list of the same place shows where too little of it was seen to tell: what the list seen most shows there. */
function adopted(local: ListBinding, lead: ListBinding): Pick<Binding, 'columns' | 'shows'> {
  const told = said(lead);
  const still = local.page.holes.filter((hole) => hole.frame === local.list.itemFrame && !varies(hole.values) && told.has(spotOf(hole)));
  const bySpot = new Map(still.map((hole) => [spotOf(hole), hole]));
  const columns = lead.columns.flatMap((column): ColumnModel[] => {
    const source = column.source && bySpot.get(spotOf(column.source));
    return source ? [{ ...column, source }] : [];
  });
  return { columns, shows: new Map(still.map((hole) => [hole, told.get(spotOf(hole)) as Expr])) };
}

/** Lists at one place show the same columns at the same places in their items. */
export function sharedColumns([lead, ...others]: readonly ListBinding[]): SharedColumns {
  if (!lead) return { columns: [], bindings: [] };
  const columns = [...lead.columns];
  const names = new Map(columns.map((column) => [columnSpot(column), column.name]));
  const bindings = others.map((local): Binding => {
    const own = new Map<string, Expr>();
    const mine = local.columns.map((column): ColumnModel => {
      const spot = columnSpot(column);
      const name = names.get(spot) ?? `c${columns.length}`;
      own.set(column.name, { col: name });
      const made = { ...column, name };
      if (!names.has(spot)) columns.push(made);
      names.set(spot, name);
      return made;
    });
    const more = adopted(local, lead);
    const rest = local.rest.filter((hole) => !more.shows.has(hole));
    return { ...local, columns: [...mine, ...more.columns], shows: new Map([...renamed(local.shows, own), ...more.shows]), rest };
  });
  return { columns, bindings: [lead, ...bindings] };
}
