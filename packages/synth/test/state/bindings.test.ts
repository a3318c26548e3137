import { describe, expect, it } from 'vitest';
import { presentColumns } from '../../src/state/bindings.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { onlyTable, shownIn, tablesBehind } from '../fixtures/tables.ts';

/** A list where some things have a note. */
const notes = (...things: readonly (readonly [string, string?])[]): Visited => ({
  root: html(
    el('main', {}, ...things.map(([name, note]) => el('section', {}, el('b', {}, name), note !== undefined && el('em', {}, note)))),
  ),
});

const { tables, views } = tablesBehind([
  visitOf([notes(['axe', 'sharp'], ['bell'], ['cup', 'chipped'])]),
  visitOf([notes(['drum'], ['egg', 'fresh'], ['fork'], ['gong', 'loud'])], 's01'),
]);
const table = onlyTable({ tables });
const [binding] = table.bindings;

const noted = table.columns.find(({ source }) => [...(source?.values.values() ?? [])].includes('sharp'))?.name ?? '';

describe('presentColumns', () => {
  it('are those by which a page tells whether their part is there', () => {
    expect(binding && [...presentColumns(binding)]).toEqual([noted]);
  });
});

describe('cellsOf', () => {
  it('holds a blank where the part that shows a column is absent', () => {
    const shown = shownIn(table, binding, views.sessions[0]?.after[0]) as readonly (readonly [string, Readonly<Record<string, unknown>>])[];
    expect(shown.map(([, cells]) => cells[noted])).toEqual(['sharp', '', 'chipped']);
  });
});
