import type { Row, Step } from '@backlot/protocol';
import { parseAddress } from '@backlot/world';
import type { SessionViews, View } from '../views.ts';
import { sightingsIn, viewsInOrder } from './sightings.ts';
import type { TableModel } from './tables.ts';

/** Columns that fields of forms show, each with the name of its field. */
function fieldColumns({ bindings }: TableModel): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { source, name } of bindings.flatMap(({ columns }) => columns)) {
    if (!source?.live || source.pattern.kind !== 'element' || source.name !== 'value') continue;
    const field = source.pattern.nodes.values().next().value?.attrs['name'];
    if (field) names.set(name, field);
  }
  return names;
}

/** What a step sent, by the names of the fields. */
function sentIn({ exchanges }: Step): Readonly<Record<string, string>> {
  const sent = exchanges.find(({ method, requestBody }) => method !== 'GET' && requestBody?.mimeType.includes('urlencoded'));
  return sent?.requestBody ? parseAddress(`/?${sent.requestBody.text}`).query : {};
}

const plain = (text: unknown): string =>
  String(text ?? '')
    .replace(/\r\n?/g, '\n')
    .trim();

interface Change {
  readonly id: string;
  readonly column: string;
  readonly value: string;
  /** Place of the first view that shows it. */
  readonly at: number;
}

/** Cells that a view is the first to show otherwise than they were believed to be. */
function changesAt(
  at: number,
  [was, is]: readonly [readonly Row[], readonly Row[]],
  columns: ReadonlyMap<string, string>,
): readonly Change[] {
  if (was === is) return [];
  const before = new Map(was.map((row) => [row.id, row]));
  return is.flatMap((row) =>
    [...columns.keys()].flatMap((column): Change[] => {
      const [old, value] = [before.get(row.id)?.[column], row[column]];
      return typeof old === 'string' && typeof value === 'string' && old !== value ? [{ id: row.id, column, value, at }] : [];
    }),
  );
}

/**
 * A field that shows what was sent for it earlier, and was not in sight in between, has held that since it was sent: forms give back what
 * was put into them.
 */
export function withSent(
  rows: ReadonlyMap<View, readonly Row[]>,
  { table, session }: { readonly table: TableModel; readonly session: SessionViews },
): ReadonlyMap<View, readonly Row[]> {
  const columns = fieldColumns(table);
  if (columns.size === 0) return rows;
  const views = viewsInOrder(session).filter((view) => rows.has(view));
  const place = new Map(views.map((view, i) => [view, i]));
  const shown = views.map(
    (view) => new Set(sightingsIn(table, view).flatMap(({ id, cells }) => Object.keys(cells).map((name) => `${id} ${name}`))),
  );
  const sent = session.session.steps.map((step, i) => ({ fields: sentIn(step), at: place.get(session.after[i] as View) ?? -1 }));
  const changes = views.flatMap((view, i) =>
    i === 0 ? [] : changesAt(i, [rows.get(views[i - 1] as View) ?? [], rows.get(view) ?? []], columns),
  );
  const out = new Map(rows);
  for (const { id, column, value, at } of changes) {
    const field = columns.get(column) as string;
    const cause = sent.findLast((one) => one.at >= 0 && one.at < at && plain(one.fields[field]) === plain(value));
    if (!cause || shown.slice(cause.at, at).some((cells) => cells.has(`${id} ${column}`))) continue;
    for (const view of views.slice(cause.at, at)) {
      out.set(
        view,
        (out.get(view) ?? []).map((row) => (row.id === id ? { ...row, [column]: value } : row)),
      );
    }
  }
  return out;
}
