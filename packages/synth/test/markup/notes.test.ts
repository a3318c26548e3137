import type { NoteRule } from '@backlot/protocol';
import { renderMarkup } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/canonical.ts';
import type { LearnedMarkup, MarkupPair } from '../../src/markup/learn.ts';
import { learnMarkup } from '../../src/markup/learn.ts';
import { dialects } from './dialects.ts';
import { documents } from './documents.ts';
import { parseHtml } from './html.ts';
import { bracketed, noted, referenced, spelledOut, withNotes } from './noted.ts';

const shown = (nodes: MarkupPair['rendered']): string => JSON.stringify(canonical({ tag: 'div', attrs: {}, children: nodes }).children);

/** How many of the pairs a grammar renders exactly. */
const right = (learned: LearnedMarkup | null, pairs: readonly MarkupPair[]): number =>
  pairs.filter(({ source, rendered }) => learned && shown(renderMarkup(learned.grammar, source)) === shown(rendered)).length;

const marksOf = (rule: NoteRule | undefined): readonly (string | undefined)[] => [rule?.open, rule?.close];
const pair = (source: string, html: string): MarkupPair => ({ source, rendered: parseHtml(html) });

describe('learnMarkup of documents with notes', () => {
  it.each([
    ['items that hold their text in an element of its own', noted.bracketed, ['((', '))']],
    ['a numbered list whose items lead back', noted.referenced, ['<ref>', '</ref>']],
    ['paragraphs with their number, below a line and a heading', noted.spelledOut, ['[fn:', ']']],
  ] as const)('finds notes in %s, and renders unseen documents', (_, dialect, marks) => {
    const learned = learnMarkup(documents(dialect, 30, 21));
    expect(marksOf(learned?.grammar.notes)).toEqual(marks);
    expect(right(learned, documents(dialect, 60, 22))).toBeGreaterThanOrEqual(57);
  });

  it.each([bracketed, referenced, spelledOut])('learns the other rules as if there were no notes: by $name', (layout) => {
    for (const dialect of dialects) {
      const learned = learnMarkup(documents(withNotes(dialect, layout), 30, 5));
      expect(learned?.misses, dialect.name).toEqual([]);
      expect(right(learned, documents(dialect, 40, 6)), dialect.name).toBeGreaterThanOrEqual(38);
    }
  });

  it('counts on where no document that was seen has a second note', () => {
    const page = (text: string, note: string): MarkupPair =>
      pair(`${text}((${note})) on`, `<p>${text}${bracketed.mark(1)} on</p>${bracketed.list(bracketed.item(1, note))}`);
    const learned = learnMarkup([page('One here', 'A remark.'), page('Two there', 'Another of them.')]);
    const wanted = `<p>a${bracketed.mark(1)} b${bracketed.mark(2)}</p>${bracketed.list(bracketed.item(1, 'c') + bracketed.item(2, 'd'))}`;
    expect(shown(renderMarkup(learned!.grammar, 'a((c)) b((d))'))).toBe(shown(parseHtml(wanted)));
  });

  it('puts notes inside of the elements around everything, behind sections', () => {
    const around = (text: string, end: string): string =>
      `<div class="page"><h2>Head</h2><div class="level2"><p>${text}</p></div>${end}</div>`;
    const pairs = ['amber', 'basket', 'candle'].flatMap((word) => [
      pair(
        `== Head ==\n\nThe ${word}<ref>so ${word}</ref> is`,
        around(`The ${word}${referenced.mark(1)} is`, referenced.list(referenced.item(1, `so ${word}`))),
      ),
      pair(`== Head ==\n\nNo ${word}`, around(`No ${word}`, '')),
    ]);
    const learned = learnMarkup(pairs);
    expect(learned?.misses).toEqual([]);
    expect(learned?.grammar.root).toHaveLength(1);
    expect(marksOf(learned?.grammar.notes)).toEqual(['<ref>', '</ref>']);
  });

  it('finds no notes where documents have none', () => {
    for (const dialect of dialects) {
      const learned = learnMarkup(documents(dialect, 30, 8));
      expect(Object.keys(learned!.grammar), dialect.name).not.toContain('notes');
    }
  });

  it('takes no list that the source holds for notes, though numbers stand in the text', () => {
    const pairs = ['amber', 'basket', 'candle', 'dune'].map((word) =>
      pair(`Some **1** ${word}\n\n- the ${word} item`, `<p>Some <b>1</b> ${word}</p><ul><li>the ${word} item</li></ul>`),
    );
    const learned = learnMarkup(pairs);
    expect(learned?.exact).toBe(4);
    expect(learned?.grammar.notes).toBeUndefined();
  });

  it('leaves notes out where what they say is not in the source', () => {
    const pairs = ['amber', 'basket', 'candle'].map((word, i) =>
      pair(
        `The ${word}`,
        i === 0 ? `<p>The ${word}${bracketed.mark(1)}</p>${bracketed.list(bracketed.item(1, 'Seen by nobody'))}` : `<p>The ${word}</p>`,
      ),
    );
    const learned = learnMarkup(pairs);
    expect(learned?.misses).toEqual([0]);
    expect(learned?.grammar.notes).toBeUndefined();
  });

  it('learns the same every time', () => {
    const pairs = documents(noted.referenced, 20, 3);
    expect(JSON.stringify(learnMarkup(pairs))).toBe(JSON.stringify(learnMarkup(pairs)));
  });
});
