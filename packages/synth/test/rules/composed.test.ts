import type { Value } from '@backlot/protocol';
import { evaluate, markupValue } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { composed, isSpoken } from '../../src/rules/composed.ts';
import type { Given } from '../../src/rules/given.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const body = { arg: 'body' };
const inputs = [body, { arg: 'head' }, { arg: 'tail' }, { arg: 'note' }];

function sent(args: Readonly<Record<string, string>>, value: Value): Given {
  return { scope: scopeOf({ args: { note: 'fewer words', ...args } }), value };
}

const words = 'apple birch cedar daisy elder ferns grass hazel'.split(' ');
const whole = (i: number): Given => {
  const text = `${words[i]} and ${words[(i + 3) % 8]} grow here`;
  return sent({ head: '.', body: text, tail: '' }, text);
};
const part = (i: number): Given => {
  const [head, text, tail] = [
    `before that stood ${words[i + 1]}\n`,
    `${words[i]} grows in the middle`,
    `\nafterwards came ${words[i + 2]}`,
  ];
  return sent({ head: `${head}.`, body: text, tail }, `${head}${text}${tail}`);
};
const wholes = Array.from({ length: 6 }, (_, i) => whole(i));

describe('a text that a form sends', () => {
  it('is the argument that holds it', () => {
    expect(composed(body, wholes, inputs)).toBe(body);
  });

  it('is put together where it is sent in parts, without the marks that keep white space at their ends', () => {
    const given = [...wholes, part(0), part(3)];
    const expr = composed(body, given, inputs);
    for (const { scope, value } of given) expect(evaluate(expr, scope)).toBe(value);
  });

  it('is told from how it is laid out as well', () => {
    const laidOut = [...wholes, part(1)].map((one) => ({
      ...one,
      value: markupValue([{ tag: 'p', attrs: {}, children: [{ text: String(one.value) }] }]),
    }));
    expect(composed(body, laidOut, inputs)).toMatchObject({ fn: 'concat', args: [{ fn: 'excerpt' }, body, { arg: 'tail' }] });
  });

  it('is no argument in whose words it is not', () => {
    expect(isSpoken(body, wholes)).toBe(true);
    expect(isSpoken({ arg: 'note' }, wholes)).toBe(false);
  });
});
