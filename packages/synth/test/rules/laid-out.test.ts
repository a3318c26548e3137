import type { Row } from '@backlot/protocol';
import { markupValue, readMarkupValue } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { exactOf } from '../../src/markup/learn.ts';
import { markupOf } from '../../src/rules/laid-out.ts';
import type { ColumnModel, TableModel } from '../../src/state/tables.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { parseHtml } from '../markup/html.ts';

const words = 'ale bun cod dab eel fig gum hop'.split(' ');
const sourceOf = (word: string, i: number): string => (i % 2 === 0 ? `some **${word}** here` : `${word} one\n\n${word} two`);
const shownAs = (source: string): string =>
  markupValue(
    parseHtml(
      source
        .split('\n\n')
        .map((paragraph) => `<p>${paragraph.replace(/\*\*(\w+)\*\*/g, '<strong>$1</strong>')}</p>`)
        .join(''),
    ),
  );
const rowOf = (source: string, i: number): Row => ({ id: `r${i}`, c0: source, c1: shownAs(source) });

/** A table whose records have a text and what it is shown as; a new one each time, since grammars are learned once for a column. */
function texts(): { readonly table: TableModel; readonly shown: ColumnModel } {
  const field = { live: true, pattern: { kind: 'element', tag: 'textarea' } } as unknown as NonNullable<ColumnModel['source']>;
  const shown: ColumnModel = { name: 'c1', type: 'text' };
  const columns: readonly ColumnModel[] = [{ name: 'c0', type: 'text', source: field }, shown];
  return { table: { name: 't0', columns, key: 'c0', bindings: [], recalled: true }, shown };
}

const occasionsOf = (...states: readonly (readonly Row[])[]) => states.map((rows) => ({ scope: scopeOf({ tables: { t0: rows } }) }));

describe('markupOf', () => {
  const rows = words.map((word, i) => rowOf(sourceOf(word, i), i));

  it('is the grammar by which records of which both are known show their text', () => {
    const { table, shown } = texts();
    const learned = markupOf({ table, column: shown }, occasionsOf(rows.slice(0, 5), rows));
    const unseen = ['new **words** here', 'a first\n\na second'].map((source) => ({ source, rendered: readMarkupValue(shownAs(source)) }));
    expect(learned && exactOf(learned.grammar, unseen)).toBe(unseen.length);
    expect(learned?.exact).toBe(rows.length);
  });

  it('learns nothing from a text that was shown in two ways', () => {
    const { table, shown } = texts();
    const stale = rows.map((row, i) => ({ ...row, id: `s${i}`, c1: shownAs('what it was before') }));
    expect(markupOf({ table, column: shown }, occasionsOf(rows, stale))).toBeNull();
  });

  it('is none where hardly a record is known', () => {
    const { table, shown } = texts();
    expect(markupOf({ table, column: shown }, occasionsOf(rows.slice(0, 2)))).toBeNull();
  });
});
