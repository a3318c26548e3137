import type { Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { bySpot } from '../../src/explain/by-spot.ts';
import type { RegisterModel } from '../../src/explain/registers.ts';
import { pageHoles } from '../../src/explain/shared-registers.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const parts = { '/list': ['ul', 'li'], '/form': ['form', 'fieldset'], '/help': ['section', 'article'] } as const;
type Url = keyof typeof parts;
const page = (url: Url, name: string): Visited => {
  const [outer, inner] = parts[url];
  const content = Array.from({ length: 6 }, (_, i) => el(`${outer}.${outer}-${'abcdef'[i]}`, {}, el(inner, {}, el('i', {}))));
  return { url, root: html(el('header', {}, el('p.who', {}, name)), el('main', {}, ...content)) };
};
const visits = ['Ada', 'Bo'].map((name, i) =>
  visitOf(
    (Object.keys(parts) as Url[]).map((url) => page(url, name)),
    `s${i}`,
  ),
);
const { all } = viewsOf(logsOf(visits));
const holes = pageHoles(buildSite(all)).filter(([, { kind }]) => kind === 'text');
const nameOf = new Map(all.map((view) => [view, view.session === 0 ? 'Ada' : 'Bo']));
const register = { name: 'g0', values: nameOf } as unknown as RegisterModel;
const held: Expr = { reg: 'g0' };
const chosen: Expr = { fn: 'if', args: [{ reg: 'g1' }, { lit: 'Ada' }, { lit: 'Bo' }] };
const derived: Expr = { param: 'name' };

/** What becomes of the last page's hole where the others show those. */
function last(exprs: readonly Expr[], of: RegisterModel = register): Expr | undefined {
  const given = new Map(holes.map(([, hole], i) => [hole, exprs[i] as Expr]));
  return bySpot(holes, given, [of]).get(holes.at(-1)![1]);
}

describe('bySpot', () => {
  it('shows everywhere what most pages show in one place', () => {
    expect(holes).toHaveLength(3);
    expect(last([held, held, chosen])).toEqual(held);
    expect(last([held, held, { lit: 'Ada' }])).toEqual(held);
  });

  it('leaves what a page works out, or what only one other page holds', () => {
    expect(last([held, held, derived])).toBeUndefined();
    expect(last([held, derived, chosen])).toBeUndefined();
  });

  it('leaves a text that the register is wrong about', () => {
    const other = { name: 'g0', values: new Map(all.map((view) => [view, 'Cy'])) } as unknown as RegisterModel;
    expect(last([held, held, chosen], other)).toBeUndefined();
  });
});
