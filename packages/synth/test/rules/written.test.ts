import type { Value } from '@backlot/protocol';
import { evaluate, markupValue, readMarkupValue, toText } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnWritten } from '../../src/rules/written.ts';
import type { Given } from '../../src/rules/value.ts';
import { parseHtml } from '../markup/html.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const words = 'ale bun cod dab eel fig gum hop ivy jam kit leg'.split(' ');
const sources = words.map((word, i) => (i % 3 === 0 ? word : i % 3 === 1 ? `some **${word}** here` : `${word} one\n\n${word} two`));
const render = (source: string): string =>
  source
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replace(/\*\*(\w+)\*\*/g, '<strong>$1</strong>')}</p>`)
    .join('');
const written = (source: string): Value => markupValue(parseHtml(render(source)));
const given = (args: (source: string, i: number) => Readonly<Record<string, Value>>): readonly Given[] =>
  sources.map((source, i) => ({ scope: scopeOf({ args: args(source, i) }), value: written(source) }));
const inputs = [{ fn: 'trim', args: [{ arg: 'title' }] }, { arg: 'title' }, { arg: 'body' }];

describe('learnWritten', () => {
  it('finds the argument that holds the source, and lays out by it what was never seen', () => {
    const expr = learnWritten(
      given((body, i) => ({ title: `No. ${i}`, body })),
      { inputs, tests: [] },
    );
    expect(expr).toMatchObject({ fn: 'richText', args: [{ arg: 'body' }, {}] });
    const value = expr && evaluate(expr, scopeOf({ args: { body: 'a **new** text\n\nand more' } }));
    expect(readMarkupValue(toText(value ?? null))).toEqual(parseHtml(render('a **new** text\n\nand more')));
  });

  it('says when a text is laid out where a form may also be left', () => {
    const own = { col: 'text', of: 'it' };
    const sent = sources.map((body, i): Given => {
      const isSaved = i % 3 !== 2;
      const row = { id: `t${i}`, text: written('old') };
      return {
        scope: { ...scopeOf({ args: { body, ...(isSaved ? { save: '1' } : { leave: '1' }) } }), rows: { it: row } },
        value: isSaved ? written(body) : row.text,
      };
    });
    const isLeft = { fn: 'isBlank', args: [{ arg: 'save' }] };
    const expr = learnWritten(sent, { inputs: [{ arg: 'body' }], tests: [isLeft], own });
    expect(expr).toMatchObject({ fn: 'if', args: [{ fn: 'not', args: [isLeft] }, { fn: 'richText' }, own] });
    expect(learnWritten(sent, { inputs: [{ arg: 'body' }], tests: [], own })).toBeNull();
  });

  it('says what a blank text is shown as', () => {
    const gone = markupValue(parseHtml('<p>There is no such page.</p>'));
    const cleared = { scope: scopeOf({ args: { body: '' } }), value: gone };
    const expr = learnWritten([...given((body) => ({ body })), cleared], { inputs: [{ arg: 'body' }], tests: [] });
    expect(expr && evaluate(expr, scopeOf({ args: { body: ' ' } }))).toBe(gone);
  });

  it('finds nothing where no argument is the source', () => {
    expect(
      learnWritten(
        given((_, i) => ({ title: `No. ${i}`, body: 'the same' })),
        { inputs, tests: [] },
      ),
    ).toBeNull();
  });

  it('finds nothing where most occasions gave no source', () => {
    const told = given((body) => ({ title: '', body }));
    const blank = { scope: scopeOf({ args: { title: '', body: '' } }), value: markupValue([]) };
    const mostly = (count: number): readonly Given[] => told.map((each, i) => (i < count ? each : blank));
    expect(learnWritten(mostly(7), { inputs, tests: [] })).not.toBeNull();
    expect(learnWritten(mostly(4), { inputs, tests: [] })).toBeNull();
  });
});
