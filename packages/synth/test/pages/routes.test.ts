import { describe, expect, it } from 'vitest';
import { dataPlaces, pathPatterns } from '../../src/pages/paths.ts';
import { hashRouteOf, isKey, isSlug, keyPattern, routePatterns } from '../../src/pages/routes.ts';

describe('routePatterns', () => {
  it('makes a variable of numbers, dates and long hexadecimal marks', () => {
    const routeOf = routePatterns(['/box/1', '/box/2/lid', '/day/2024-05-01', '/key/deadbeef']);
    expect(['/box/7', '/box/2/lid', '/day/2024-05-01', '/key/deadbeef'].map(routeOf)).toEqual([
      '/box/:p2',
      '/box/:p2/lid',
      '/day/:p2',
      '/key/:p2',
    ]);
  });

  it('makes a variable of a place that holds more words than an application has pages', () => {
    const urls = ['ash', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'gum'].map((word) => `/tree/${word}`);
    expect(routePatterns(urls)('/tree/ash')).toBe('/tree/:p2');
  });

  it('keeps few words apart', () => {
    const routeOf = routePatterns(['/help/about', '/help/terms', '/']);
    expect(['/help/about', '/help/terms', '/'].map(routeOf)).toEqual(['/help/about', '/help/terms', '/']);
  });

  it('leaves the query and the fragment out', () => {
    expect(routePatterns(['/list?page=2#top'])('/list?page=3#end')).toBe('/list');
  });
});

describe('pathPatterns', () => {
  it('make a variable of words that several pages have by turns at one place, few as they are', () => {
    const pages = [
      ['/projects/ferry/issues', '/projects/office/issues'],
      ['/projects/ferry/wiki', '/projects/office/wiki'],
      ['/help/about', '/help/terms'],
    ];
    expect(pathPatterns(pages).map((patterns) => [...new Set(patterns.values())])).toEqual([
      ['/projects/:p2/issues'],
      ['/projects/:p2/wiki'],
      ['/help/about', '/help/terms'],
    ]);
  });

  it('keep words that only one page has by turns', () => {
    expect(dataPlaces([['/projects/ferry/issues', '/projects/office/issues'], ['/projects/ferry/wiki']]).size).toBe(0);
  });
});

describe('isKey', () => {
  it('knows numbered words from words and versions', () => {
    expect(['issue12', 'T7', 'bug-17', '12'].every(isKey)).toBe(true);
    expect(['issue', 'v2', 'bug-report', 'T'].some(isKey)).toBe(false);
  });
});

describe('keyPattern', () => {
  it('takes the keys out of a path, words stay', () => {
    expect(keyPattern('/bugs/bug-17/edit')).toBe('/bugs/:p2/edit');
  });
});

describe('isSlug', () => {
  it('is true of three words and more', () => {
    expect(['red-garden-rake', 'log-in', 'cart'].map(isSlug)).toEqual([true, false, false]);
  });
});

describe('hashRouteOf', () => {
  it('is the fragment where it reads as an address, else nothing', () => {
    expect(['/#/active', '/#!/a', '/x#top', '/'].map(hashRouteOf)).toEqual(['/active', '!/a', '', '']);
  });
});
