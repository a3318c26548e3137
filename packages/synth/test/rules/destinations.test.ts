import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { destinationOf } from '../../src/rules/destinations.ts';
import { termsOf } from '../../src/rules/terms.ts';
import type { Told } from '../fixtures/occasions.ts';
import { occasion } from '../fixtures/occasions.ts';
import { scopeOf } from '../fixtures/scopes.ts';

/** Where what was learned of those trips leads from an address, given arguments; null where nothing was learned. */
function leads(trips: readonly Told[], url: string, args: Readonly<Record<string, string>> = {}, previous = '/'): unknown {
  const occasions = trips.map((trip) => occasion({ loads: true, ...trip }));
  const learned = destinationOf(occasions, termsOf(occasions, []));
  return learned && evaluate(learned, scopeOf({ url, args, previous }));
}

describe('destinationOf', () => {
  it('leads to the place where all occasions led', () => {
    const trips = ['/list', '/item/1', '/item/2'].map((from): Told => ({ from, to: '/done' }));
    expect(leads(trips, '/item/9')).toBe('/done');
  });

  it('puts what was typed into the address, spelled as in a query', () => {
    const search = (value: string): Told => ({
      from: '/',
      args: { value },
      to: `/find?q=${encodeURIComponent(value).replaceAll('%20', '+')}`,
    });
    expect(leads([search('red lamp'), search('mug')], '/', { value: 'oak & ash' })).toBe('/find?q=oak+%26+ash');
  });

  it('counts pages on, whatever else the address asks for', () => {
    const trips: readonly Told[] = [
      { from: '/list?page=1', to: '/list?page=2' },
      { from: '/list?page=2&by=name', to: '/list?page=3&by=name' },
      { from: '/other?page=4', to: '/other?page=5' },
    ];
    expect(leads(trips, '/list?page=7&by=size')).toBe('/list?page=8&by=size');
  });

  it('asks the page where one is for something else, though all occasions were on one page', () => {
    const trips = [0, 1].map((): Told => ({ from: '/list', to: '/list?by=name' }));
    expect(leads(trips, '/shelf/3?page=2')).toBe('/shelf/3?page=2&by=name');
  });

  it('sets a parameter to what stands behind the words clicked', () => {
    const pick = (from: string, text: string, code: string): Told => ({ from, args: { text }, to: `${from}?shade=${code}` });
    const trips = [pick('/a', 'Red', '7'), pick('/b', 'Red', '7'), pick('/a', 'Blue', '9'), pick('/c', 'Blue', '9')];
    expect(leads(trips, '/never-seen', { text: 'Blue' })).toBe('/never-seen?shade=9');
  });

  it('keeps what an address asks for beside a path put together, and bears a trip that went astray', () => {
    const open = (title: string, query: string, to?: string): Told => ({
      from: `/board${query}`,
      args: { title },
      to: `${to ?? `/board/${title.toLowerCase().replaceAll("'", '').replaceAll(' ', '-')}`}${query}`,
    });
    const trips = [open('Paint box', ''), open("Child's corner", '?by=ann'), open('Mend roof', ''), open('Sort shelf', '')];
    expect(leads([...trips, open('Fix door', '', '/board')], '/board?by=tom', { title: "The cook's list" })).toBe(
      '/board/the-cooks-list?by=tom',
    );
  });

  it('leads back to the address before, and bears a trip that went astray', () => {
    const shut = (from: string, to: string): Told => ({ from, to, previous: to });
    const trips = [shut('/shelf/a', '/shelf'), shut('/shelf/b', '/list'), shut('/shelf/c', '/shelf?by=ann'), shut('/shelf/d', '/list')];
    expect(leads([...trips, { from: '/shelf/e', to: '/shelf', previous: '/' }], '/shelf/f', {}, '/find')).toBe('/find');
  });

  it('says nothing where it cannot be told', () => {
    const trips: readonly Told[] = [
      { from: '/', to: '/left' },
      { from: '/', to: '/right/on' },
      { from: '/', to: '/up/and/away' },
    ];
    expect(leads(trips, '/')).toBeNull();
  });
});
