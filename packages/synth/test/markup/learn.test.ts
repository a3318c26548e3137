import type { DomElement, DomNode } from '@backlot/protocol';
import { renderMarkup } from '@backlot/world';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/canonical.ts';
import type { LearnedMarkup, MarkupPair } from '../../src/markup/learn.ts';
import { learnMarkup } from '../../src/markup/learn.ts';
import { dialects } from './dialects.ts';
import { documents } from './documents.ts';
import { parseHtml } from './html.ts';

const shown = (nodes: MarkupPair['rendered']): string => JSON.stringify(canonical({ tag: 'div', attrs: {}, children: nodes }).children);

const el = (tag: string, attrs: Record<string, string>, children: readonly DomNode[]): DomElement => ({ tag, attrs, children });

/** Puts what follows each heading into an element of its own. */
function inSections(nodes: readonly DomNode[]): readonly DomNode[] {
  const out: DomNode[] = [];
  let section: DomNode[] | null = null;
  for (const node of nodes) {
    const level = 'tag' in node ? /^h([1-6])$/.exec(node.tag)?.[1] : undefined;
    if (level === undefined) (section ?? out).push(node);
    else {
      section = [];
      out.push(node, el('div', { class: `level${level}` }, section));
    }
  }
  return out;
}

/** Places of the pairs that a grammar does not render exactly. */
const wrong = (learned: LearnedMarkup | null, pairs: readonly MarkupPair[]): readonly number[] =>
  pairs.flatMap(({ source, rendered }, i) => (learned && shown(renderMarkup(learned.grammar, source)) === shown(rendered) ? [] : [i]));

describe('learnMarkup', () => {
  it.each(dialects.map((dialect) => [dialect.name, dialect] as const))(
    'renders unseen documents of %s by a grammar learned from others',
    (_, dialect) => {
      let [right, all] = [0, 0];
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 15, max: 40 }), (seed, count) => {
          const learned = learnMarkup(documents(dialect, count, seed));
          const others = documents(dialect, 60, seed + 1);
          const misses = wrong(learned, others);
          if (process.env['MARKUP_FIGURES']) {
            process.stderr.write(
              `${dialect.name} ${count} seed ${seed}: exact ${learned?.exact}, unseen ${others.length - misses.length}/60\n`,
            );
          }
          right += others.length - misses.length;
          all += others.length;
        }),
        { numRuns: 5 },
      );
      expect(right / all).toBeGreaterThanOrEqual(0.95);
    },
    60_000,
  );

  it('takes off the elements around everything and the sections below headings, and puts them around unseen documents', () => {
    const [, wiki] = dialects;
    const sectioned = (pairs: readonly MarkupPair[]): readonly MarkupPair[] =>
      pairs.map(({ source, rendered }) => ({ source, rendered: [el('div', { class: 'page' }, inSections(rendered))] }));
    const learned = learnMarkup(sectioned(documents(wiki!, 40, 3)));
    expect(learned?.misses).toEqual([]);
    expect(learned?.grammar.root).toEqual([{ tag: 'div', attrs: { class: 'page' } }]);
    expect(wrong(learned, sectioned(documents(wiki!, 40, 4))).length).toBeLessThanOrEqual(2);
  });

  it('reads headings of a level that was never seen, where the marks count the levels', () => {
    const pairs = ['# One', '## Two', '# Three here', '## Four'].map((source) => {
      const [marks = '', text = ''] = source.split(/ (.*)/);
      return { source, rendered: [el(`h${marks.length}`, {}, [{ text }])] };
    });
    expect(renderMarkup(learnMarkup(pairs)!.grammar, '#### Deep')).toEqual([el('h4', {}, [{ text: 'Deep' }])]);
  });

  it('learns plain text as one that has no marks', () => {
    const pairs = ['one & two', 'three <b> four', 'five'].map((text) => ({ source: text, rendered: [{ text }] }));
    expect(learnMarkup(pairs)).toEqual({
      grammar: { root: [], blocks: [], paragraph: { wrap: [], lines: 'join', blank: 'split' }, inlines: [] },
      exact: 3,
      misses: [],
    });
  });

  it('finds no grammar where what is shown does not come from the source', () => {
    const pairs = ['one', 'two', 'three'].map((source, i) => ({ source, rendered: [el('p', {}, [{ text: `nothing ${i * 7}` }])] }));
    expect(learnMarkup(pairs)).toBeNull();
    expect(learnMarkup([])).toBeNull();
  });

  it('learns from three hundred long pairs within seconds, the same every time', () => {
    const [markdown] = dialects;
    const pairs = Array.from({ length: 300 }, (_, i) => {
      const source = documents(markdown!, 4, i + 1)
        .map((pair) => pair.source)
        .join('\n\n');
      return { source, rendered: parseHtml(markdown!.render(source)) };
    });
    const start = performance.now();
    const learned = learnMarkup(pairs);
    const took = performance.now() - start;
    if (process.env['MARKUP_FIGURES'])
      process.stderr.write(
        `300 pairs of ${Math.round(pairs.reduce((all, { source }) => all + source.length, 0) / 300)}: ${took} ms, exact ${learned?.exact}\n`,
      );
    expect(learned?.exact).toBeGreaterThanOrEqual(285);
    expect(took).toBeLessThan(15_000);
    expect(JSON.stringify(learnMarkup(pairs.slice(0, 40)))).toBe(JSON.stringify(learnMarkup(pairs.slice(0, 40))));
  }, 40_000);
});
