import type { Value } from '@backlot/protocol';
import { evaluate, type Scope } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import type { PageModel } from '../../src/pages/page-model.ts';
import { besideSection, sectionOf, sectionsOf } from '../../src/state/sections.ts';
import type { Hole } from '../../src/template/holes.ts';
import type { Instance } from '../../src/template/pattern.ts';
import { html, viewOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const texts = { fig: '== Fig ==\n\nSoft.\n\n== Uses ==\n\nJam.\n', plum: '== Plum ==\n\nBlue.\n\n== Uses ==\n\nCake.\n' };
const parts = { fig: '== Uses ==\n\nJam.\n', plum: '== Plum ==\n\nBlue.\n\n' };

/** Pages on which a text was edited whole, and pages on which a section of it was, which a form had asked for. */
const seen = (['fig', 'plum'] as const).flatMap((name, i) => {
  const whole = viewOf(html(), { session: i, load: 0, url: `/edit/${name}` });
  const asked = { part: name === 'fig' ? 'uses' : 'plum', mark: 'x' };
  const section = { ...viewOf(html(), { session: i, load: 1, url: `/edit/${name}` }), posted: asked };
  const start = texts[name].indexOf(parts[name]);
  return [
    { view: whole, text: texts[name], head: '.' },
    { view: section, text: parts[name], head: `${texts[name].slice(0, start)}.` },
  ];
});
const page = { routes: ['/edit/:name'], route: '/edit/:name', also: [], views: seen.map(({ view }) => view) } as unknown as PageModel;
const place = { page, nameAt: ({ url }: { readonly url: string }) => url.slice('/edit/'.length) };
const instances = seen.map(({ view }) => ({ view }) as Instance);
const holeOf = (of: (one: (typeof seen)[number]) => Value): Hole =>
  ({ kind: 'attribute', name: 'value', values: new Map(seen.map((one, i) => [instances[i] as Instance, of(one)])) }) as unknown as Hole;
const found = sectionsOf(
  place,
  holeOf(({ text }) => text),
);
const at = (part: string): Scope => ({ ...scopeOf({}), params: part === '' ? {} : { part } });

describe('sections of a text', () => {
  it('are what a form shows where a parameter names them', () => {
    expect(found?.sections).toEqual({ param: 'part', reach: 'flat' });
    const expr = found && sectionOf({ lit: texts.plum }, found.sections);
    expect(expr && evaluate(expr, at('uses'))).toBe('== Uses ==\n\nCake.\n');
    expect(expr && evaluate(expr, at(''))).toBe(texts.plum);
  });

  it('have what stands before them in a field that nobody sees', () => {
    const expr =
      found &&
      besideSection(
        holeOf(({ head }) => head),
        { lit: texts.plum },
        { found, page },
      );
    expect(expr && evaluate(expr, at('uses'))).toBe('== Plum ==\n\nBlue.\n\n.');
    expect(expr && evaluate(expr, at(''))).toBe('.');
  });

  it('have what stands behind them in another, with what it always begins with', () => {
    const tail = holeOf(({ view, text }) => {
      const whole = texts[place.nameAt(view) as 'fig'];
      const rest = whole.slice(whole.indexOf(text) + text.length);
      return rest === '' ? '' : `\n${rest}`;
    });
    const expr = found && besideSection(tail, { lit: texts.fig }, { found, page });
    expect(expr && evaluate(expr, at('fig'))).toBe('\n== Uses ==\n\nJam.\n');
    expect(expr && evaluate(expr, at(''))).toBe('');
  });

  it('are none where a form always shows the whole', () => {
    expect(
      sectionsOf(
        place,
        holeOf(({ view }) => texts[place.nameAt(view) as 'fig']),
      ),
    ).toBeNull();
  });
});
