import type { State, World } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { labelRecord } from '../src/record-label.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const two = reset(listWorld, 'two');
const place = { record: 'a1', peers: ['a1', 'a2'], table: 'item' };
const withTitles = (a: string, b: string): State => ({
  ...two,
  tables: {
    item: [
      { id: 'a1', title: a, done: false, editing: false },
      { id: 'a2', title: b, done: true, editing: false },
    ],
  },
});

describe('labelRecord', () => {
  it('takes the text that the record shows', () => {
    expect(labelRecord(listWorld, two, place)).toBe('Buy milk');
  });

  it('does without a label column', () => {
    const world: World = { ...listWorld, tables: listWorld.tables.map(({ label: _label, ...table }) => table) };
    expect(labelRecord(world, two, place)).toBe('Buy milk');
  });

  it('finds no name for a record that looks like another', () => {
    expect(labelRecord(listWorld, withTitles('Twin', 'Twin'), place)).toBeNull();
  });

  it('finds no name for a record with a twin that is filtered away', () => {
    const filtered = { ...withTitles('Twin', 'Twin'), history: { entries: ['/#/open'], index: 0 } };
    expect(labelRecord(listWorld, filtered, { ...place, peers: ['a1'] })).toBeNull();
  });

  it('does not take hidden text or the words of a control for a name', () => {
    const world: World = { ...listWorld, styles: [{ selector: 'label', specificity: 1, display: 'none' }] };
    expect(labelRecord(world, two, place)).toBeNull();
  });
});
