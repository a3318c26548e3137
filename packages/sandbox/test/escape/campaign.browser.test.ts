import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { laneMeans, readVectors, runBombs, runCampaign, settings } from '../../src/index.ts';

const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';
const pages = fileURLToPath(new URL('../../../../sandboxes/escape', import.meta.url));
const means = await laneMeans();
if ('why' in means) process.stderr.write(`Escape tests are skipped: ${means.why}.\n`);

/** One of each family, and those that single layers are known to let out. */
const sample = ['fetch', 'unload-beacon', 'websocket-stream', 'webtransport', 'rtc-stun-ip', 'rtc-mdns', 'img', 'css-import', 'script-src'];
const more = [
  'speculation-prefetch',
  'iframe',
  'form-submit',
  'redirect-image',
  'csp-report-uri',
  'worker-blob-socket',
  'fedcm',
  'control-blank',
];

const sampled = async (): ReturnType<typeof readVectors> => {
  const set = await readVectors(pages);
  return { ...set, vectors: set.vectors.filter(({ name }) => [...sample, ...more].includes(name)) };
};

it.skipIf('why' in means)(
  'nothing leaves under all layers, the namespace alone and the switches alone; without any, all of it does',
  { timeout: 240_000 },
  async () => {
    const wanted = settings.filter(({ promises }) => promises);
    expect(wanted.map(({ name }) => name)).toEqual(['all', 'namespace', 'switches']);
    const report = await runCampaign({ target: { executablePath }, set: await sampled(), settings: wanted, lanes: 4 });
    expect(report.leaks).toEqual([]);
    expect(report.rows.filter(({ exercised }) => !exercised).map(({ name }) => name)).toEqual(['control-blank']);
  },
);

it.skipIf('why' in means)('routes alone are no boundary: the test would see a leak', { timeout: 120_000 }, async () => {
  const set = await sampled();
  const vectors = set.vectors.filter(({ name }) => ['fetch', 'rtc-stun-ip', 'webtransport'].includes(name));
  const wanted = settings.filter(({ name }) => name === 'routes');
  const report = await runCampaign({ target: { executablePath }, set: { ...set, vectors }, settings: wanted, lanes: 3 });
  expect(report.rows.filter(({ outcomes }) => (outcomes['routes']?.packets ?? 0) > 0).map(({ name }) => name)).toEqual([
    'rtc-stun-ip',
    'webtransport',
  ]);
});

it('a page that loops, or opens dialogs and windows without end, does not keep the next from opening', { timeout: 120_000 }, async () => {
  const set = await readVectors(pages);
  const vectors = set.vectors.filter(({ name }) => ['bomb-loop', 'bomb-dialogs', 'bomb-popups'].includes(name));
  const outcomes = await runBombs({ ...set, vectors }, { executablePath });
  expect(outcomes.map(({ name, held }) => [name, held])).toEqual(vectors.map(({ name }) => [name, true]));
});
