import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { paramsOf } from '../../src/pages/params.ts';
import { versionName, versionParams } from '../../src/state/versions.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { logsOf } from '../fixtures/visitor.ts';

interface Asked {
  readonly id: number;
  readonly shade: string;
  readonly from: string;
}

/** Every record in every shade, come to from two places, all of it twice. */
const asked = [1, 2, 3, 4, 1, 2, 3, 4].flatMap((id) =>
  ['', 'red', 'blue'].flatMap((shade, i) => [`x${i}`, `y${id % 2}`].map((from): Asked => ({ id, shade, from }))),
);

/** Parameters that choose versions on pages that show two texts, besides what the record is called. */
function versionsOf(texts: (asked: Asked, visit: number) => readonly [string, string]): readonly string[] {
  const pages = asked.map((each, i) => {
    const { id, shade, from } = each;
    const [code, price] = texts(each, i);
    const url = `/thing/${id}?from=${from}${shade === '' ? '' : `&shade=${shade}`}`;
    return { url, root: html(el('h2', {}, `Thing ${'abcd'[id - 1]}`), el('p', {}, code), el('b', {}, price)) };
  });
  const views = viewsOf(logsOf([visitOf(pages)]));
  const [page, ...others] = buildSite(views.all).pages;
  if (!page || others.length > 0) throw new Error('The visits show more than one page.');
  const [param] = page.routes.flatMap((route) => route.match(/(?<=:)\w+/) ?? []);
  if (param === undefined) throw new Error('No variable of the path names the records.');
  return versionParams({ page, param, nameAt: (view) => paramsOf(page, view)[param] ?? '' });
}

describe('versionParams', () => {
  it('are those from which texts follow together with the name, and no others', () => {
    expect(versionsOf(({ id, shade }) => [`code ${id} ${shade}`, `$${id}${shade.length}`])).toEqual(['shade']);
  });

  it('are none where the name alone tells the texts', () => {
    expect(versionsOf(({ id }) => [`code ${id}`, `$${id}`])).toEqual([]);
  });

  it('are none where what else is asked for alone tells them', () => {
    expect(versionsOf(({ shade }) => [`code ${shade}`, `$${shade.length}`])).toEqual([]);
  });

  it('are none where nothing tells them, or one text alone would', () => {
    expect(versionsOf((_, visit) => [`code ${visit}`, `$${visit}`])).toEqual([]);
    expect(versionsOf(({ id, shade }) => [`code ${id} ${shade}`, `$${id}`])).toEqual([]);
  });
});

describe('versionName', () => {
  const nameFor = (params: Readonly<Record<string, string>>): unknown =>
    evaluate(versionName({ param: 'p1' }, ['shade', 'size']), { ...scopeOf({}), params });

  it('is the name with what the address asks for, without what it leaves open', () => {
    expect(nameFor({ p1: '7', shade: 'red', size: 'L' })).toBe('7&shade=red&size=L');
    expect(nameFor({ p1: '7', size: 'L' })).toBe('7&size=L');
    expect(nameFor({ p1: '7', shade: '' })).toBe('7');
  });
});
