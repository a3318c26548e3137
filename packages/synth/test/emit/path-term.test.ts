import type { Effect } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { pathTerm } from '../../src/emit/path-term.ts';
import type { Occasion } from '../../src/rules/terms.ts';
import { occasion, tableWith } from '../fixtures/occasions.ts';

const termOf = (explained: readonly Occasion[], effects: readonly Effect[] = []) => pathTerm({ effects, explained }, [tableWith('text')]);

describe('pathTerm', () => {
  it('says with an argument what answers lead to, whatever their query adds', () => {
    const saved = ['7', '12'].map((id) => occasion({ asked: `/item/${id}`, args: { id }, to: `/item/${id}?after=${id}4` }));
    expect(termOf(saved)).toEqual({
      fn: 'concat',
      args: [{ lit: '' }, { lit: '/' }, { lit: 'item' }, { lit: '/' }, { fn: 'encode', args: [{ arg: 'id' }] }],
    });
  });

  it('says with the name of the record that the answer adds where it shows that record', () => {
    const made = ['8', '9'].map((c0) => occasion({ asked: '/items', after: { t0: [{ id: `t0k${c0}`, c0 }] }, to: `/item/${c0}` }));
    const insert: Effect = { insert: 't0', row: { c0: { reg: 'next' } }, at: 'end' };
    expect(JSON.stringify(termOf(made, [{ if: { lit: true }, do: [insert] }]))).toContain('{"reg":"next"}');
    expect(termOf(made)).toBeNull();
  });

  it('is none where all answers lead to one path, or to paths of different lengths', () => {
    expect(termOf(['/list', '/list'].map((to) => occasion({ asked: '/save', to })))).toBeNull();
    expect(termOf(['/list', '/list/2'].map((to) => occasion({ asked: '/save', args: { at: '2' }, to })))).toBeNull();
  });
});
