import type { Exchange, Session } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { collectionsIn } from '../../src/fetched/collections.ts';
import { followFetched } from '../../src/fetched/follow.ts';
import { html, visitOf } from '../fixtures/dom.ts';

type Sent = readonly [method: string, url: string, answer?: unknown, body?: unknown];

const exchange = ([method, url, answer, body]: Sent): Exchange => ({
  method,
  url,
  status: 200,
  responseMime: 'application/json; charset=utf-8',
  ...(answer === undefined ? {} : { responseBody: JSON.stringify(answer) }),
  ...(body === undefined ? {} : { requestBody: { mimeType: 'application/json', text: JSON.stringify(body) } }),
  at: 0,
  ms: 1,
});

/** A visit whose steps each had these exchanges. */
function visit(...steps: readonly (readonly Sent[])[]): Session {
  const plain = visitOf(steps.map(() => ({ root: html('Boats') })));
  return { ...plain, steps: plain.steps.map((step, i) => ({ ...step, exchanges: (steps[i] ?? []).map(exchange) })) };
}

const boat = (id: number, name: string) => ({ id, name, place: 'shed' });
const all = { boats: [boat(1, 'Ada'), boat(2, 'Tern')], count: 2 };
const asked: Sent = ['GET', '/api/boats', all];
const listed = visit([asked]);

/** What is held after the last of some steps, as `id name place`. */
function heldAfter(...steps: readonly (readonly Sent[])[]): readonly string[] | undefined {
  const session = visit(...steps);
  const [collection] = collectionsIn([listed, listed, session]);
  if (!collection) throw new Error('No collection was found.');
  return followFetched(session, collection)
    .at(-1)
    ?.map(({ id, name, place }) => `${String(id)} ${String(name)} ${String(place)}`);
}

describe('collectionsIn', () => {
  it('finds the lists that are answered as a whole, and what names their records', () => {
    expect(collectionsIn([listed, listed])).toMatchObject([{ place: '/api/boats .boats[]', key: 'id' }]);
  });

  it('leaves out what a question with conditions gives, what one record holds, and lists whose records nothing names', () => {
    const lists: readonly Sent[] = [
      ['GET', '/api/boats?place=shed', all],
      ['GET', '/api/boats/7', { parts: [boat(1, 'oar'), boat(2, 'mast')] }],
      ['GET', '/api/log', [{ text: 'out' }, { text: 'in' }]],
    ];
    expect(collectionsIn([visit(lists), visit(lists)])).toEqual([]);
  });

  it('takes a list of records that a longer one has as well for a part of that', () => {
    const some: Sent = ['GET', '/api/lately', [boat(2, 'Tern')]];
    const both = visit([asked, some, ['GET', '/api/lately', [boat(2, 'Tern'), boat(1, 'Ada')]]]);
    expect(collectionsIn([both, both])).toHaveLength(1);
  });
});

describe('followFetched', () => {
  it('holds nothing before the first answer, and what the last one said', () => {
    expect(heldAfter([])).toBeUndefined();
    expect(heldAfter([asked], [['GET', '/api/boats', { boats: [boat(2, 'Tern')] }]])).toEqual(['2 Tern shed']);
  });

  it('takes in what is sent of a record, and what is answered', () => {
    expect(heldAfter([asked], [['PATCH', '/api/boats/2', undefined, { place: 'lake', who: 'me' }]])).toEqual(['1 Ada shed', '2 Tern lake']);
    expect(heldAfter([asked], [['POST', '/api/boats/2/launch', { ...boat(2, 'Tern'), place: 'lake' }]])).toContain('2 Tern lake');
    expect(heldAfter([asked], [['POST', '/api/boats', { boat: boat(3, 'Gull') }]])).toHaveLength(3);
  });

  it('lets go of what is deleted, but not of a record of another kind with the same number', () => {
    expect(heldAfter([asked], [['DELETE', '/api/boats/1']])).toEqual(['2 Tern shed']);
    expect(heldAfter([asked], [['DELETE', '/api/piers/1']])).toHaveLength(2);
  });

  it('changes nothing where the application refused', () => {
    const session = visit([asked], [['DELETE', '/api/boats/1']]);
    const refused = session.steps.map((step) => ({
      ...step,
      exchanges: step.exchanges.map((one) => (one.method === 'DELETE' ? { ...one, status: 403 } : one)),
    }));
    const [collection] = collectionsIn([listed, listed, session]);
    expect(collection && followFetched({ ...session, steps: refused }, collection).at(-1)).toHaveLength(2);
  });
});
