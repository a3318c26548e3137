import type { Exchange, Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { toldCells, withTold } from '../../src/state/told-cells.ts';
import { mentionsIn } from '../../src/state/told-records.ts';
import type { TableModel } from '../../src/state/tables.ts';
import { viewsOf } from '../../src/views.ts';
import { html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const column = (name: string, type: 'text' | 'boolean' = 'text') => ({ name, type }) as const;

/** Tickets, named by the end of their address; lists show what they are about, pages of their own the number and who has them. */
const table: TableModel = {
  name: 't0',
  key: 'slug',
  columns: [column('slug'), column('about'), column('number'), column('state'), column('done', 'boolean')],
  bindings: [],
  recalled: true,
};

const slugs = ['lamp-flickers', 'door-jams', 'sink-leaks', 'stairs-creak', 'roof-drips', 'bell-rings'];
const numberOf = (slug: string): string => `T-${slug.length}${slug.charCodeAt(0)}`;
const isDone = (slug: string): boolean => slug.length % 2 === 1;

/** Records of which the page of the last was never opened. */
const rows = slugs.map((slug, i): Row => {
  const seen = { number: numberOf(slug), state: isDone(slug) ? 'Closed' : 'Open', done: isDone(slug) };
  return { id: `t0k${slug}`, slug, about: slug.replace('-', ' '), ...(i < slugs.length - 1 ? seen : {}) };
});
const data = {
  page: { title: 'Tickets' },
  items: slugs.map((slug, i) => ({ url: `/tickets/${slug}`, ticket: { number: numberOf(slug), isDone: isDone(slug), rank: i % 2 } })),
};

/** What the last record is said to be once a visit had that answer. */
function told(responseMime: string, responseBody: string): Row | undefined {
  const visit = visitOf([{ root: html('Tickets') }]);
  const [step, ...others] = visit.steps;
  if (!step) throw new Error('The visit has no step.');
  const answer: Exchange = { method: 'GET', url: '/tickets', status: 200, responseMime, responseBody, at: 0, ms: 1 };
  const { sessions } = viewsOf(logsOf([{ ...visit, steps: [{ ...step, exchanges: [answer] }, ...others] }]));
  return withTold(rows, toldCells(table, rows, mentionsIn(sessions))).at(-1);
}

const last = { slug: 'bell-rings', number: numberOf('bell-rings'), state: 'Open', done: false };

describe('toldCells', () => {
  it('fills in what lists were sent of records whose pages were never opened', () => {
    expect(told('application/json; charset=utf-8', JSON.stringify(data))).toMatchObject(last);
  });

  it('reads what documents bring along for their scripts', () => {
    const script = `<script>var shown = 1 < 2;</script><script id="a">window.data = ${JSON.stringify(data)};</script>`;
    expect(told('text/html', `<html><head>${script}</head></html>`)).toMatchObject(last);
  });

  it('leaves unknown what the data says otherwise than pages do', () => {
    const wrong = { items: data.items.map((item, i) => ({ ...item, ticket: { number: i === 1 ? 'T-0' : item.ticket.number } })) };
    expect(told('application/json', JSON.stringify(wrong))).not.toHaveProperty('number');
  });

  it('leaves records as they are where nothing that was sent is data', () => {
    expect(told('application/json', '{"items": [')).toEqual(rows.at(-1));
    expect(told('application/json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toEqual(rows.at(-1));
    expect(told('text/css', JSON.stringify(data))).toEqual(rows.at(-1));
  });
});
