import { describe, expect, it } from 'vitest';
import { elsewhere, type RecordShow } from '../../src/explain/record-shows.ts';
import type { Hole } from '../../src/template/holes.ts';
import type { Instance } from '../../src/template/pattern.ts';
import { html, viewOf } from '../fixtures/dom.ts';

interface Sight {
  readonly session: number;
  readonly name: string;
  readonly says: string;
}

/** What a hole showed in the order of the views, with the record that each address named. */
function seen(...sights: readonly Sight[]): { readonly hole: Hole; readonly shows: readonly RecordShow[] } {
  const views = sights.map(({ session }) => viewOf(html(), { session }));
  const values = new Map(views.map((view, i) => [{ view } as Instance, sights[i]?.says ?? '']));
  const nameAt = (view: (typeof views)[number]): string => sights[views.indexOf(view)]?.name ?? '';
  const show = { binding: { by: { nameAt } }, known: { lit: true }, expr: { lit: '' } } as unknown as RecordShow;
  return { hole: { id: 'h', values } as unknown as Hole, shows: [show] };
}

const left = ({ hole, shows }: ReturnType<typeof seen>): readonly unknown[] => [...elsewhere(hole, shows).values.values()];

describe('what a hole shows of no known record', () => {
  it('is what it shows where the address names none', () => {
    const all = seen(
      { session: 0, name: 'fig', says: 'Fig' },
      { session: 0, name: '', says: 'Nobody' },
      { session: 1, name: 'new', says: '' },
    );
    expect(left(all)).toEqual(['Nobody']);
  });

  it('is what a session first sees of a record that no other came to, where every address names one', () => {
    const all = seen(
      { session: 0, name: 'fig', says: 'Fig' },
      { session: 0, name: 'new', says: 'Not there yet' },
      { session: 0, name: 'new', says: 'New' },
      { session: 1, name: 'fig', says: 'Fig' },
    );
    expect(left(all)).toEqual(['Not there yet']);
  });
});
