import type { Expr } from '@backlot/protocol';
import { placeOf, spotOf } from '../template/place.ts';
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
    return { ...local, columns: mine, shows: renamed(local.shows, own) };
  });
  return { columns, bindings: [lead, ...bindings] };
}
