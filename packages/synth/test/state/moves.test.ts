import type { Action, DomElement, Session } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { isMove } from '../../src/state/moves.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { pantry } from '../fixtures/pantry.ts';
import { record } from '../fixtures/visitor.ts';

describe('isMove', () => {
  it('is true of going to an address and of a link, not of what changes data', () => {
    const [session] = record(pantry, [
      (visitor) => {
        visitor.fill('New product', 'ale one').enter('New product').fill('New product', 'ale two').enter('New product');
        visitor.check('checkbox', 'In stock', 0).click('link', 'Missing').click('link', 'In stock').click('link', 'Everything');
      },
    ]);
    expect(session?.steps.map((step) => isMove(session, step.index))).toEqual([true, false, false, false, false, false, true, true, true]);
  });
});

describe('isMove of a link', () => {
  const link = (href: string): DomElement => html({ ...el('a', { href }, 'Go'), id: 7 });
  const clicked = (href: string, to: string): Session => {
    const action: Action = { kind: 'click', target: { role: 'link', name: 'Go', nth: 0 } };
    const session = visitOf([
      { root: link(href), url: '/' },
      { root: html('There'), url: to, action },
    ]);
    return { ...session, steps: session.steps.map((step, i) => (i === 1 ? { ...step, node: 7 } : step)) };
  };

  it('is true where it leads to its own address, however that is written', () => {
    expect(['/list', 'http://127.0.0.1:1/list', 'list#top'].map((href) => isMove(clicked(href, '/list'), 1))).toEqual([true, true, true]);
  });

  it('is false where the application sent on to another', () => {
    expect(isMove(clicked('http://127.0.0.1:1/remove?id=3', '/list'), 1)).toBe(false);
  });

  it('is false of what stays where it was, or sends something', () => {
    expect(isMove(clicked('/', '/'), 1)).toBe(false);
    const session = visitOf([{ root: html('A') }, { root: html('B'), url: '/b', sent: 'a=1' }]);
    expect(isMove(session, 1)).toBe(false);
  });
});
