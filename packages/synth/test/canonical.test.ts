import type { DomNode } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { canonical } from '../src/canonical.ts';
import { el, html } from './fixtures/dom.ts';

const bodyOf = (...children: readonly (DomNode | string)[]): unknown => canonical(html(...children)).children[1];

describe('canonical', () => {
  it('collapses white space as it is rendered and drops it beside blocks', () => {
    expect(bodyOf('\n  ', el('p', {}, '  one\n  two '), ' ', el('p', {}, 'three ', el('b', {}, 'four'), ' five'))).toEqual(
      el('body', {}, el('p', {}, 'one two'), el('p', {}, 'three ', el('b', {}, 'four'), ' five')),
    );
  });

  it('keeps white space where it shows', () => {
    expect(bodyOf(el('pre', {}, ' a\n b '))).toEqual(el('body', {}, el('pre', {}, ' a\n b ')));
  });

  it('joins texts that a framework has split', () => {
    expect(bodyOf(el('p', {}, '3', ' items', ' left'))).toEqual(el('body', {}, el('p', {}, '3 items left')));
  });

  it('drops scripts, style sheets and what is no part of the page', () => {
    const page = html(
      el('script', {}, 'x()'),
      el('style', {}, 'p{}'),
      el('template', {}, el('p')),
      el('link', { rel: 'stylesheet', href: '/a.css' }),
      el('p'),
    );
    expect(canonical(page).children[1]).toEqual(el('body', {}, el('p')));
  });

  it('keeps two texts apart that a script parts', () => {
    const gap = el('span', { hidden: '' });
    expect(bodyOf(el('p', {}, 'Clear (', el('script'), '1', el('script'), ')', el('script')))).toEqual(
      el('body', {}, el('p', {}, 'Clear (', gap, '1', gap, ')')),
    );
  });

  it('drops the marks of frameworks and recorders, and handlers', () => {
    const marks = {
      'data-reactid': '.1',
      'data-bind-12': '12',
      'data-v-3f2a': '',
      rr_width: '10px',
      onclick: 'go()',
      nonce: 'x',
      title: 'kept',
    };
    expect(bodyOf(el('p', marks))).toEqual(el('body', {}, el('p', { title: 'kept' })));
  });

  it('spells inline styles in one way and leaves out empty ones', () => {
    expect(bodyOf(el('p', { style: ' ' }))).toEqual(el('body', {}, el('p')));
    expect(bodyOf(el('p', { style: 'display:none;color : red' }))).toEqual(
      el('body', {}, el('p', { style: 'display: none; color: red;' })),
    );
  });

  it('reads addresses of the application as its own again, and no others', () => {
    const origin = 'http://127.0.0.1:8080';
    const links = ['/a?b=1', '', '#top', ':9/x', '.evil.example/x'].map((rest) => el('a', { href: origin + rest }));
    const page = canonical(html(...links, el('a', { href: 'https://elsewhere.example/' })), { origin: `${origin}/` });
    const body = page.children[1];
    const hrefs = body && 'tag' in body ? body.children.map((child) => ('tag' in child ? child.attrs['href'] : '')) : [];
    expect(hrefs).toEqual(['/a?b=1', '/', '/#top', `${origin}:9/x`, `${origin}.evil.example/x`, 'https://elsewhere.example/']);
  });

  it('gives the same element for the same element, so that shared pages stay shared', () => {
    const page = html(el('p', {}, 'one'));
    expect(canonical(page)).toBe(canonical(page));
  });

  it('drops ids that a script made up, and keeps those that people gave', () => {
    expect(bodyOf(el('p', { id: ':r1:' }), el('p', { id: 'total' }))).toEqual(el('body', {}, el('p'), el('p', { id: 'total' })));
  });

  it.each(['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'])(
    'names a made-up id by the place of the %s that refers to it',
    (name) => {
      const page = (label: string, input: string): unknown =>
        bodyOf(
          el(
            'form',
            { id: 'pay' },
            el('label', { [name]: `${label} ${input}` }, 'Name'),
            el('input', { id: input }),
            el('p', { id: ':r4:' }),
          ),
        );
      const [referring, meant] = [
        el('label', { [name]: `pay-label-${name}-1 pay-label-${name}-2` }, 'Name'),
        el('input', { id: `pay-label-${name}-2` }),
      ];
      expect(page(':r3:', ':r9:')).toEqual(el('body', {}, el('form', { id: 'pay' }, referring, meant, el('p'))));
      expect(page('_r_1_', '_r_2_')).toEqual(page(':r3:', ':r9:'));
    },
  );
});
