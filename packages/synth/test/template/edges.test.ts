import { describe, expect, it } from 'vitest';
import { buildPattern } from '../../src/template/build.ts';
import { edgesOf } from '../../src/template/edges.ts';
import { holesOf } from '../../src/template/holes.ts';
import type { TextPattern } from '../../src/template/pattern.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const textsOf = (...texts: readonly string[]) => {
  const pattern = buildPattern(
    texts.map((text, session) => viewOf(html(el('p', {}, el('b', {}, 'x'), text, el('i', {}, 'y'))), { session })),
    'e',
  );
  return holesOf(pattern).filter(({ kind }) => kind === 'text');
};

describe('edgesOf', () => {
  it('are the white space that all texts of a place begin and end with, which is none of what they say', () => {
    const [hole] = textsOf(' by Ada ', ' by Jo ');
    expect(edgesOf(hole?.pattern as TextPattern)).toEqual({ lead: ' ', trail: ' ' });
    expect([...(hole?.values.values() ?? [])]).toEqual(['by Ada', 'by Jo']);
  });

  it('are left with the text where texts differ in them', () => {
    const [hole] = textsOf(' by Ada', 'by Jo');
    expect([...(hole?.values.values() ?? [])]).toEqual([' by Ada', 'by Jo']);
  });
});
