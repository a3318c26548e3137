import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { destinationOf } from '../../src/rules/destinations.ts';
import { termsOf } from '../../src/rules/terms.ts';
import { occasion, tableWith } from '../fixtures/occasions.ts';
import { scopeOf } from '../fixtures/scopes.ts';

/** Boxes beside a list: what each is called, and its words. */
const table = tableWith('text', 'text');
const box = (name: string) => ({ rt0: { id: `t0k${name}`, c0: name, c1: `Only ${name}` } });

/** The box that was clicked, from where, and where it led. */
type Click = readonly [name: string, from: string, to: string];

/** Where a click on a box leads from an address after those clicks; null where nothing was learned. */
function leads(clicks: readonly Click[], name: string, url: string): unknown {
  const occasions = clicks.map(([clicked, from, to]) => occasion({ from, to, rows: box(clicked), loads: true }));
  const learned = destinationOf(occasions, termsOf(occasions, [table]));
  return learned && evaluate(learned, { ...scopeOf({ url }), rows: box(name) });
}

const plain: readonly Click[] = [
  ['shade-7', '/wares', '/wares?shade=7'],
  ['shade-9', '/wares?shade=7', '/wares?shade=7%2C9'],
  ['shade-7', '/wares?shade=7%2C9', '/wares?shade=9'],
  ['shade-9', '/wares?shade=9', '/wares'],
];

describe('choiceInQuery', () => {
  it('adds a choice to those of its parameter, after them', () => {
    expect(leads(plain, 'shade-4', '/wares?shade=7')).toBe('/wares?shade=7%2C4');
  });

  it('takes a choice back, and the parameter with the last one', () => {
    expect(leads(plain, 'shade-7', '/wares?shade=7%2C4')).toBe('/wares?shade=4');
    expect(leads(plain, 'shade-4', '/wares?shade=4')).toBe('/wares');
  });

  it('asks for parameters that were never chosen as the name says, on any page', () => {
    expect(leads(plain, 'cut-of-cloth-3', '/finds?shade=7&by=price')).toBe('/finds?shade=7&by=price&cut-of-cloth=3');
  });

  it.each(['-', '_', ':', '='])('parts the parameter from its value at the last %s of the name', (joint) => {
    const clicks = plain.map(([name, ...way]): Click => [name.replace('-', joint), ...way]);
    expect(leads(clicks, `shade${joint}4`, '/wares')).toBe('/wares?shade=4');
  });

  it('keeps what goes with choices while there are any', () => {
    const clicks: readonly Click[] = [
      ['shade-7', '/wares', '/wares?shade_in=7&shade_how=any'],
      ['shade-9', '/wares?shade_in=7&shade_how=any', '/wares?shade_in=7%2C9&shade_how=any'],
      ['shade-9', '/wares?shade_in=9&shade_how=any', '/wares'],
    ];
    expect(leads(clicks, 'size-2', '/wares')).toBe('/wares?size_how=any&size_in=2');
    expect(leads(clicks, 'size-2', '/wares?size_how=any&size_in=2')).toBe('/wares');
  });

  it('begins at the first page again where choices did', () => {
    const clicks = plain.map(([name, from, to]): Click => [name, `${from}${from.includes('?') ? '&' : '?'}page=3`, to]);
    expect(leads(clicks, 'shade-4', '/wares?shade=7&page=2&by=price')).toBe('/wares?shade=7%2C4&by=price');
  });

  it('says nothing where only one value was ever chosen, though the same address is learned', () => {
    const clicks = [plain[0], plain[0]] as readonly Click[];
    expect(leads(clicks, 'shade-4', '/wares')).toBe('/wares?shade=7');
  });

  it('is no choice where another parameter is set as well', () => {
    const clicks = plain.map(([name, from, to], i): Click => [name, from, `${to}${to.includes('?') ? '&' : '?'}seen=${i}`]);
    expect(leads(clicks, 'shade-4', '/wares')).not.toBe('/wares?shade=4');
  });

  it('is learned though one click in five led elsewhere, and leaves alone what that one changed', () => {
    expect(leads([...plain, ['shade-5', '/wares?by=price', '/wares']], 'shade-4', '/wares?by=price')).toBe('/wares?by=price&shade=4');
  });
});
