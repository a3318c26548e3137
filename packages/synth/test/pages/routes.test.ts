import { describe, expect, it } from 'vitest';
import { routePatterns } from '../../src/pages/routes.ts';

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
