import type { Row } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { readMarkupValue } from '@backlot/world';
import type { LearnedMarkup, MarkupPair } from '../markup/learn.ts';
import { learnMarkup } from '../markup/learn.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import { isSource } from '../state/versions.ts';

/** Texts that must be known with what they are shown as. */
const fewest = 3;
/** Share of them that a grammar must render exactly. */
const enough = 0.7;

/** True for the column that a form holds to be edited of a record's text. */
export const isSourceColumn = ({ source }: ColumnModel): boolean => source !== undefined && isSource(source);

const known = new WeakMap<ColumnModel, LearnedMarkup | null>();

/**
 * How an application lays out the texts of records, as records of which both the text and what it is shown as are known tell it. A text
 * that was shown in two ways tells nothing: one of them is of another time. Learned once for a column.
 */
export function markupOf(
  { table, column }: { readonly table: TableModel; readonly column: ColumnModel },
  occasions: readonly { readonly scope: Scope }[],
): LearnedMarkup | null {
  const found = known.get(column);
  if (found !== undefined) return found;
  const sources = table.columns.filter(isSourceColumn);
  const seen = new Set<Row>();
  const shownAs = new Map<string, Set<string>>();
  for (const row of occasions.flatMap(({ scope }) => scope.state.tables[table.name] ?? [])) {
    if (seen.has(row)) continue;
    seen.add(row);
    for (const { name } of sources) {
      const [text, shown] = [row[name], row[column.name]];
      if (typeof text !== 'string' || typeof shown !== 'string' || text.trim() === '' || shown === '') continue;
      shownAs.set(text, (shownAs.get(text) ?? new Set()).add(shown));
    }
  }
  const pairs = [...shownAs]
    .filter(([, shown]) => shown.size === 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, shown]): MarkupPair => ({ source, rendered: readMarkupValue([...shown][0] as string) }));
  const learned = pairs.length < fewest ? null : learnMarkup(pairs);
  const made = learned && learned.exact >= enough * pairs.length ? learned : null;
  known.set(column, made);
  return made;
}
