import { expect, it } from 'vitest';
import { kindOf, summarise, type Row } from '../../src/escape/report.ts';
import { toSarif } from '../../src/escape/sarif.ts';

const out = (packets: number, seen: readonly string[] = []): { packets: number; seen: readonly string[]; lost: boolean } => ({
  packets,
  seen,
  lost: false,
});
const columns = [
  { name: 'none', promises: false },
  { name: 'all', promises: true },
  { name: 'routes', promises: false },
];
const rows: readonly Row[] = [
  { name: 'loud', family: 'x', outcomes: { none: out(5), all: out(0), routes: out(3) } },
  { name: 'mute', family: 'x', outcomes: { none: out(0), all: out(0) } },
  { name: 'sly', family: 'x', outcomes: { none: out(5), all: out(1), routes: out(0) } },
];

it('a vector that sends nothing without any layer is not exercised, and none has passed by it', () => {
  const { exercised, rows: judged } = summarise(rows, { columns });
  expect(exercised).toBe(2);
  expect(judged.find(({ name }) => name === 'mute')?.exercised).toBe(false);
});

it('packets under a setting that promises to stop everything are leaks; under others they are figures', () => {
  const report = summarise(rows, { columns });
  expect(report.leaks).toEqual([{ vector: 'sly', setting: 'all', packets: 1 }]);
  expect(report.columns.find(({ name }) => name === 'routes')).toMatchObject({ tried: 2, leaked: 1, packets: 3 });
});

it('what a browser sends before any page is a leak under a setting that promises to stop everything', () => {
  const starts = [
    { setting: 'none', packets: 9, seen: ['DNS update.example'] },
    { setting: 'all', packets: 2, seen: [] },
    { setting: 'routes', packets: 9, seen: [] },
  ];
  const report = summarise([], { columns, starts });
  expect(report.leaks).toEqual([{ vector: '(the browser itself)', setting: 'all', packets: 2 }]);
});

it('SARIF names leaks as errors and what was not exercised as notes', () => {
  const sarif = toSarif(summarise(rows, { columns }), { folder: 'pages', version: '1' }) as {
    runs: { results: { ruleId: string; level: string }[] }[];
  };
  expect(sarif.runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['sly', 'error'],
    ['mute', 'note'],
  ]);
});

it('what left is named by its most telling packet', () => {
  expect(kindOf(out(9, ['DNS a', 'TLS a']))).toBe('TLS');
  expect(kindOf(out(2))).toBe('2 pkt');
  expect(kindOf(out(0))).toBe('0');
});
