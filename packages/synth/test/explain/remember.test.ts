import { describe, expect, it } from 'vitest';
import { spotsOf } from '../../src/explain/layout.ts';
import type { Mode } from '../../src/explain/memory.ts';
import type { RememberInputs } from '../../src/explain/remember.ts';
import { belongsToAddress } from '../../src/explain/remember.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

type Shown = readonly (readonly [url: string, text: string])[];

/** Whether what visits showed in the one place that varies belongs to the address. */
function belongs(visits: readonly Shown[], options: Partial<RememberInputs> = {}, accounts: readonly string[] = []): boolean {
  const sessions = visits.map((pages, i) =>
    visitOf(
      pages.map(([url, text]) => ({ url, root: html(el('p', {}, text)) })),
      `s0${i}`,
      accounts[i],
    ),
  );
  const views = viewsOf(logsOf(sessions));
  const [spot, ...others] = spotsOf(buildSite(views.all).pages.flatMap(({ holes }) => holes));
  if (!spot || others.length > 0) throw new Error('The pages vary in no place, or in several.');
  return belongsToAddress(spot, { sessions: views.sessions, isHeld: () => false, modes: [], ...options });
}

const byAddress: Shown = [
  ['/a', 'one'],
  ['/b', 'two'],
  ['/a', 'one'],
  ['/b', 'two'],
];
const byHabit: Shown = [
  ['/a', 'one'],
  ['/b', 'one'],
  ['/b', 'two'],
  ['/a', 'two'],
  ['/b', 'two'],
];

describe('belongsToAddress', () => {
  it('is true of what an address shows whenever one comes to it', () => {
    expect(belongs([byAddress])).toBe(true);
  });

  it('is false of what stays as it was wherever one goes', () => {
    expect(belongs([byHabit])).toBe(false);
  });

  it('knows an address from other sessions of the account, and of no other', () => {
    const visits: readonly Shown[] = [
      [
        ['/a', 'one'],
        ['/b', 'two'],
      ],
      [
        ['/c', 'three'],
        ['/b', 'two'],
      ],
    ];
    expect(belongs(visits)).toBe(true);
    expect(belongs(visits, {}, ['ada', 'jo'])).toBe(false);
  });

  it('is true where an address shows one thing in each mode', () => {
    const day: Shown = [
      ['/a', 'one'],
      ['/b', 'two'],
    ];
    const night: Shown = [
      ['/a', 'two'],
      ['/b', 'one'],
    ];
    const visits = [[...day, ...night, ...day, ...night]];
    const mode: Mode = { name: 'g0', at: ({ step }) => step % 4 > 1 };
    expect(belongs(visits, { modes: [mode] })).toBe(true);
    expect(belongs(visits)).toBe(false);
  });

  it('pays no heed to what the user put there', () => {
    expect(belongs([byAddress], { isHeld: (_, { view }) => view.url === '/a' })).toBe(false);
  });
});
