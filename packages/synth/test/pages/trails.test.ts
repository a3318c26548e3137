import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { trailsIn } from '../../src/pages/trails.ts';
import type { TrailMark } from '../../src/template/trail-mark.ts';
import type { View } from '../../src/views.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const crumb = (page: string, isLast: boolean): DomElement => {
  const link = el('a', { href: `/read?page=${page}` }, page);
  return isLast ? el('strong', {}, link) : link;
};
/** Newest last, a mark before every item. */
const trailOf = (pages: readonly string[]): DomElement =>
  el('p.trail', {}, 'You came from', ...pages.flatMap((page, i) => [el('i', {}, '»'), crumb(page, i === pages.length - 1)]));
const holder = (root: DomElement): DomElement => (root.children[1] as DomElement).children[0] as DomElement;
const pageWith = (list: DomElement): DomElement => html(list, el('div', {}, 'Words'));

/** What a list becomes when a page is come to. */
type Keeping = (list: readonly string[], page: string) => readonly string[];

function walk(pages: readonly string[], session: number, keep: Keeping): readonly View[] {
  let list: readonly string[] = [];
  return pages.map((page, load) => {
    list = keep(list, page);
    return viewOf(pageWith(trailOf(list)), { session, step: load, load, url: `/read?page=${page}` });
  });
}

const walks = [
  ['ash', 'elm', 'oak', 'ash', 'fir', 'elm'],
  ['oak', 'fir', 'yew', 'oak', 'ash', 'ash'],
];
const visited =
  (most: number): Keeping =>
  (list, page) =>
    [...list.filter((other) => other !== page), page].slice(-most);
const marksOf = (views: readonly View[]): readonly (TrailMark | undefined)[] => {
  const trails = trailsIn(views);
  return views.map(({ root }) => trails.get(holder(root)));
};

describe('trailsIn', () => {
  const views = walks.flatMap((pages, session) => walk(pages, session, visited(3)));
  const marks = marksOf(views);

  it('finds a list that going from page to page keeps, with its length', () => {
    expect(marks.every((mark) => mark?.trail === marks[0]?.trail)).toBe(true);
    expect([marks[0]?.trail.most, marks[0]?.trail.isNewestLast]).toEqual([3, true]);
  });

  it('sets the newest item apart, and what stands before each', () => {
    const { head, older, newest, entries } = marks[3]?.parts ?? { head: [], older: [], newest: [], entries: [] };
    expect([head.length, older.map(({ children }) => children.length), newest.length]).toEqual([1, [2, 2], 2]);
    expect(entries.map(([, text]) => text)).toEqual(['elm', 'oak', 'ash']);
  });

  it('takes no list for one that stays as it is when one comes back to a page in it', () => {
    const made: Keeping = (list, page) => (list.includes(page) ? list : [...list, page]);
    expect(marksOf(walks.flatMap((pages, session) => walk(pages, session, made))).some(Boolean)).toBe(false);
  });

  it('takes no list for one that changes otherwise', () => {
    const stack: Keeping = (list, page) => (list.includes(page) ? list.slice(0, list.indexOf(page) + 1) : [...list, page]);
    expect(marksOf(walks.flatMap((pages, session) => walk(pages, session, stack))).some(Boolean)).toBe(false);
  });

  it('finds a list that is emptied now and then, as by logging out', () => {
    const emptied: Keeping = (list, page) => (page === 'out' ? [] : visited(3)(list, page));
    const walked = walks.flatMap((pages, session) => walk([...pages, 'out', 'ash'], session, emptied));
    expect(marksOf(walked).every(Boolean)).toBe(true);
  });

  it('takes no list that is emptied as often as it changes', () => {
    const emptied: Keeping = (_, page) => (page === 'out' ? [] : [page]);
    const walked = walks.flatMap((pages, session) =>
      walk(
        pages.flatMap((page) => [page, 'out']),
        session,
        emptied,
      ),
    );
    expect(marksOf(walked).some(Boolean)).toBe(false);
  });

  it('needs more than one session', () => {
    expect(marksOf(walk(walks[0] as readonly string[], 0, visited(3))).some(Boolean)).toBe(false);
  });
});
