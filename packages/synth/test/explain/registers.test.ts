import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { registersFor } from '../../src/explain/registers.ts';
import type { RegisterModel } from '../../src/explain/registers.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const home = (inside: boolean): DomElement => html(el('h1', {}, 'Home'), inside && el('nav.own', {}, el('a', { href: '/leave' }, 'Leave')));
const help = (inside: boolean): DomElement =>
  html(
    el('h1', {}, 'Help'),
    el('p', {}, 'Read me'),
    inside && el('nav.own', {}, el('a', { href: '/leave' }, 'Leave')),
    !inside && el('a.door', { href: '/in' }, 'Come in'),
  );

/** Registers that tell apart what the visited pages show. */
function registersOf(...pages: readonly { root: DomElement; url: string }[]): {
  registers: readonly RegisterModel[];
  valuesOf: (register: RegisterModel) => unknown;
} {
  const views = viewsOf(logsOf([visitOf(pages)]));
  const site = buildSite(views.all);
  const registers = registersFor(
    site.pages.flatMap((page) => page.holes),
    views.sessions,
    0,
  );
  return { registers, valuesOf: (register) => views.all.map((view) => register.values.get(view)) };
}

describe('registersFor', () => {
  const visit = [home(false), help(false), home(true), help(true), help(true), home(true), help(false), home(false)];
  const { registers, valuesOf } = registersOf(...visit.map((root, i) => ({ root, url: [1, 3, 4, 6].includes(i) ? '/help' : '/' })));

  it('makes one register of the same switch on several pages, and of its opposite', () => {
    expect(registers).toHaveLength(1);
    expect([...(registers[0]?.holes.values() ?? [])].map((expr) => JSON.stringify(expr)).toSorted()).toEqual([
      '{"fn":"not","args":[{"reg":"g0"}]}',
      '{"reg":"g0"}',
      '{"reg":"g0"}',
    ]);
  });

  it('knows the value behind every view', () => {
    const [register] = registers;
    expect(register && valuesOf(register)).toEqual([false, false, true, true, true, true, false, false]);
  });

  it('keeps what a page without the switch cannot show', () => {
    const plain = html(el('pre', {}, 'nothing to see'), el('hr'), el('table'));
    const pages = [home(false), home(true), home(false), home(true), plain].map((root, i) => ({ root, url: i === 4 ? '/plain' : '/' }));
    const found = registersOf(...pages);
    expect(found.registers.map(found.valuesOf)).toEqual([[false, true, false, true, true]]);
  });

  it('keeps switches apart that do not agree', () => {
    const page = (a: boolean, b: boolean): DomElement => html(a && el('p.a', {}, 'first'), el('hr'), b && el('p.b', {}, 'second'));
    const found = registersOf(
      ...[page(true, true), page(true, false), page(false, true), page(false, false)].map((root) => ({ root, url: '/' })),
    );
    expect(found.registers.map(({ name }) => name)).toEqual(['g0', 'g1']);
  });

  it('keeps switches apart that both change seldom, and not together', () => {
    const page = (a: boolean, b: boolean): DomElement =>
      html(
        el('h1', {}, 'Home'),
        el('p', {}, 'Read'),
        el('section', {}, el('h2', {}, 'Left'), a && el('em', {}, 'first')),
        el('aside', {}, el('h2', {}, 'Right'), b && el('pre', {}, 'second')),
      );
    const visit = Array.from({ length: 300 }, (_, i) => ({ root: page(i % 150 === 40, i % 150 === 80), url: '/' }));
    expect(registersOf(...visit).registers).toHaveLength(2);
  });
});
