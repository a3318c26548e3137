import type { Action } from '@backlot/protocol';
import { act, observe, reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../../src/index.ts';
import { h, page } from '../fixtures/markup.ts';
import type { Application, Visitor } from '../fixtures/visitor.ts';
import { logsOf, record } from '../fixtures/visitor.ts';

interface Door {
  readonly account: string;
  readonly inside: boolean;
  readonly problem: string;
}

const pins: Readonly<Record<string, string>> = { ada: 'mill-1', bob: 'loom-2' };

/** A door that opens to the pin of its account. */
const door: Application<Door> = {
  name: 'door',
  start: '/',
  initial: (account) => ({ account, inside: false, problem: '' }),
  show: ({ inside, problem }) =>
    inside
      ? page<Door>('Inside', h<Door>('h1', {}, 'Welcome'))
      : page<Door>(
          'Door',
          h<Door>('form', { attrs: { method: 'post', action: '/enter' } }, [
            h<Door>('input', { attrs: { type: 'password', name: 'pin', 'aria-label': 'Pin', value: '' } }),
            h<Door>('button', { attrs: { type: 'submit' } }, 'Enter'),
          ]),
          h<Door>('p', {}, problem),
        ),
  serve: (method, _, form, state) => {
    if (method !== 'POST') return { state };
    const inside = form['pin'] === pins[state.account];
    return { state: { ...state, inside, problem: inside ? '' : 'Wrong pin' }, redirect: '/' };
  },
};

const visit =
  (...tries: readonly string[]) =>
  (visitor: Visitor<Door>): unknown =>
    tries.reduce((at, pin) => at.fill('Pin', pin).click('button', 'Enter'), visitor.goto());

describe('passwordTests', () => {
  const sessions = [
    ...record(door, [visit('mill-1'), visit('mil-1', 'mill-1'), visit('mill-1')], 'ada'),
    ...record(door, [visit('loom-2'), visit('loom-2'), visit('loo-2', 'loom-2')], 'bob'),
  ].map((session, i) => ({ ...session, id: `s0${i}` }));
  const { world } = synthesise(logsOf(sessions), { styles: [], css: [] });
  const after = (account: string, value: string): string => {
    const steps: readonly Action[] = [
      { kind: 'goto', value: '/' },
      { kind: 'fill', target: { role: 'textbox', name: 'Pin', nth: 0 }, value },
      { kind: 'click', target: { role: 'button', name: 'Enter', nth: 0 } },
    ];
    return observe(
      world,
      steps.reduce((state, action) => act(world, state, action).state, reset(world, account)),
    ).aria;
  };

  it.each(Object.entries(pins))('let %s in by the usual password', (account, pin) => {
    expect(after(account, pin)).toContain('Welcome');
  });

  it.each(Object.keys(pins))('keep %s out by any other', (account) => {
    for (const pin of ['never seen', 'mil-1x', '']) expect(after(account, pin)).not.toContain('Welcome');
  });
});
