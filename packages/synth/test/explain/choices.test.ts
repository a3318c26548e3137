import type { Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { evaluate } from '@backlot/world';
import { openChoice } from '../../src/explain/choices.ts';
import type { Explained } from '../../src/explain/site-holes.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const sizes = ['S', 'M', 'L'];
const option = (size: string, isMarked: boolean) => el(isMarked ? `b.${size}.chosen` : `b.${size}`, { id: size }, size);

/** A page with three sizes of which those are marked, or with none on offer. */
const offer = (marked: readonly string[] | null) =>
  html(el('h1', {}, 'Oil lamp'), marked !== null && el('section', {}, ...sizes.map((size) => option(size, marked.includes(size)))));

/** Whether a choice is still open on a page with these marks, where the address names what is marked and a register what is offered. */
function openWith(shown: readonly (readonly string[] | null)[]): (size: string, isOffered: boolean) => unknown {
  const [page] = buildSite(shown.map((marked) => viewOf(offer(marked)))).pages;
  if (!page) throw new Error('There is no page.');
  const exprs = new Map(
    page.holes.flatMap((hole): [typeof hole, Expr][] => {
      if (hole.kind === 'presence') return [[hole, { reg: 'offered' }]];
      const { value: node } = (hole.pattern as { nodes: ReadonlyMap<unknown, { attrs: Record<string, string> }> }).nodes.values().next();
      return hole.name === 'chosen' ? [[hole, { fn: 'eq', args: [{ param: 'size' }, { lit: node?.attrs['id'] ?? '' }] }]] : [];
    }),
  );
  const open = openChoice(page, { exprs, queries: [] } as unknown as Explained);
  return (size, offered) => open && evaluate(open, { ...scopeOf({ registers: { offered } }), params: { size } });
}

describe('openChoice', () => {
  it('holds while none of the things on offer together is marked', () => {
    const open = openWith([[], ['S'], ['M'], ['L'], null]);
    expect([open('', true), open('M', true), open('', false)]).toEqual([true, false, false]);
  });

  it('is of no page that marks several at once: those are filters', () => {
    expect(openWith([[], ['S'], ['S', 'M'], null])('', true)).toBeNull();
  });

  it('is of no page on which one is always marked', () => {
    expect(openWith([['S'], ['M'], ['L'], null])('', true)).toBeNull();
  });
});
