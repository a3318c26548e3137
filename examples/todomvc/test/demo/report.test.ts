import { describe, expect, it } from 'vitest';
import type { ReportData } from '../../src/demo/report-data.ts';
import { reportPage } from '../../src/demo/report/page.ts';

const hostile = `<script>alert("1")</script> & 'quoted'`;

const data: ReportData = {
  app: 'todo',
  implementation: hostile,
  seconds: 134,
  recordedBefore: 0,
  dir: 'out/demo/react',
  times: [{ name: hostile, seconds: 60 }],
  training: { sessions: 20, steps: 360 },
  heldOut: { sessions: 10, steps: 191 },
  gates: [
    {
      name: 'Pages exact',
      meaning: 'pages are exact',
      hits: 180,
      total: 191,
      share: 180 / 191,
      low: 0.9,
      high: 0.98,
      bar: 0.9,
      passed: true,
    },
    { name: 'True in reality', meaning: 'runs succeed', hits: 18, total: 20, share: 0.9, bar: 0.95, passed: false },
  ],
  moments: [{ caption: hostile, original: 'AAAA', clone: 'BBBB', verdict: 'the same content' }],
  sessions: [
    {
      id: 's1',
      cells: [
        { kind: 'exact', says: hostile },
        { kind: 'refused', says: 'no such button' },
        { kind: 'unreached', says: '' },
      ],
    },
  ],
  baselines: [{ name: 'the clone', share: 1 }],
  agents: [{ agent: 'oracle', engine: 'text', solved: 1, total: 2, steps: 4 }],
  tasks: [
    { id: '1-1', instruction: hostile, actions: 2, rewards: [1], feedback: hostile, real: true },
    { id: '1-2', instruction: 'Open “Active”.', actions: 1, rewards: [null], feedback: '', real: null },
  ],
  rejected: [{ what: 'random', count: 3 }],
  pages: [
    {
      id: 'p0',
      address: '/',
      evidence: ['s1, step 0'],
      rules: [
        { head: hostile, does: [hostile], certainty: 'ambiguous', evidence: ['a', 'b', 'c', 'd', 'e', 'f'], alternatives: [hostile] },
      ],
    },
  ],
  tables: [{ name: 't0', columns: ['c0 (text)'] }],
  workflows: [{ name: hostile, share: 0.5, count: 4 }],
  exceptions: [{ what: hostile, count: 2, evidence: ['s1, step 3', 's2, step 4'] }],
  misses: [{ where: hostile, what: hostile }],
};

describe('reportPage', () => {
  const page = reportPage(data);

  it('escapes everything that comes from outside', () => {
    expect(page).not.toContain('<script');
    expect(page).not.toContain(`"1"`);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;quoted&#39;');
  });

  it('asks for nothing from anywhere else', () => {
    const addresses = [...page.matchAll(/\b(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(([, src, url]) => src ?? url ?? '');
    expect(addresses).toHaveLength(2);
    expect(addresses.every((address) => address.startsWith('data:image/png;base64,'))).toBe(true);
  });

  it('shows each figure with its share, its interval and whether its bar is reached', () => {
    expect(page).toMatch(/94\.2 %<small title="95 % interval">90\.0–98\.0<\/small>/);
    expect(page).toContain('1 of 2 bars are missed.');
  });

  it('tells all evidence there is, the first of it by name', () => {
    expect(page).toContain('Seen 6 times: a; b; c; d; and 2 more.');
    expect(page).toContain('s1, step 3; s2, step 4');
  });

  it('does not count an episode that was not scored as a failure', () => {
    expect(page).toContain('<span title="not scored">–</span>');
  });

  it('gives the same bytes for the same data', () => {
    expect(reportPage(data)).toBe(page);
  });
});
