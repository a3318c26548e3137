import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/rules/cases.ts';
import { withRequestKinds } from '../../src/rules/request-kinds.ts';
import { occasion } from '../fixtures/occasions.ts';

interface Sent {
  readonly args: Readonly<Record<string, string>>;
  readonly page: string;
  readonly method?: string;
  readonly route?: string;
}

function sent({ args, page, method = 'GET', route = '/run' }: Sent): Case {
  const { of } = occasion({ asked: '/run', args });
  return { ...of, after: { ...of.after, page: { ...of.after.page, id: page } }, request: { method, url: '/run', route, args } };
}

const many = (of: Sent): readonly Case[] => [sent(of), sent(of), sent(of)];
const requests = (cases: readonly Case[]): readonly unknown[] => {
  const spelled = withRequestKinds(cases).map(({ request }) => JSON.stringify([request?.route, request?.query]));
  return [...new Set(spelled)].map((text) => JSON.parse(text) as unknown);
};

describe('withRequestKinds', () => {
  it('tells requests of one address apart by the word that decides which page answers', () => {
    const cases = [
      ...many({ args: { id: 'fig' }, page: 'show' }),
      ...many({ args: { id: 'fig', do: 'edit' }, page: 'edit' }),
      ...many({ args: { id: 'plum', do: 'log' }, page: 'log' }),
    ];
    expect(requests(cases)).toEqual([
      ['/run', null],
      ['/run', { do: 'edit' }],
      ['/run', { do: 'log' }],
    ]);
  });

  it('writes a word that is a part of the path into the path', () => {
    const route = '/admin/:p2';
    const cases = [...many({ args: { p2: 'tools' }, page: 'tools', route }), ...many({ args: { p2: 'logout' }, page: 'home', route })];
    expect(requests(cases)).toEqual([
      ['/admin/tools', null],
      ['/admin/logout', null],
    ]);
  });

  it('tells forms apart by what they send where one page answers them all', () => {
    const login = { do: 'login', user: 'ada', password: 'x-1' };
    const save = { do: 'save', text: 'Hello there', summary: '', date: '17' };
    const cases = [...many({ args: login, page: 'show', method: 'POST' }), ...many({ args: save, page: 'show', method: 'POST' })];
    expect(requests(cases)).toEqual([
      ['/run', { do: 'login' }],
      ['/run', { do: 'save' }],
    ]);
  });

  it('tells forms apart by a field of their own where one word is sent by several, and not always by one', () => {
    const save = { id: 'fig', text: 'Figs ripen', date: '17', summary: '', save: '1' };
    const open = { do: 'edit', id: 'fig', part: 'history', range: '1-9' };
    const cases = [
      ...many({ args: { do: 'edit', ...save }, page: 'show', method: 'POST' }),
      ...many({ args: save, page: 'show', method: 'POST' }),
      ...many({ args: open, page: 'edit', method: 'POST' }),
    ];
    const asked = requests(cases);
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual(['/run', { date: null }]);
  });

  it('leaves requests as they are where words only ask for other data', () => {
    const cases = ['red', 'blue', 'green'].flatMap((tag) => many({ args: { tag }, page: 'list' }));
    expect(requests(cases)).toEqual([['/run', null]]);
  });
});
