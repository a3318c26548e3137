import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLogs } from '../src/read-logs.ts';
import { summarise } from '../src/summarise.ts';
import { EventScript, lines } from './fixtures/event-script.ts';

const script = (): EventScript =>
  new EventScript()
    .page('/', ['a', { id: 'a', href: '/a' }, 'Next'])
    .click('a')
    .page('/a', ['p', {}, 'Done']);
const whole = (): string => JSON.stringify(script().events);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-logs-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer): void => writeFileSync(path.join(dir, name), content);
const good = ['goto = /', 'click link "Next"'];

describe('a folder of logs', () => {
  it('gives the sessions sorted, plain or gzip, with what meta.json says', async () => {
    put('b.rrweb.json', whole());
    put('a.rrweb.json.gz', gzipSync(whole()));
    put(
      'a.meta.json',
      JSON.stringify({
        app: 'shelf',
        account: 'ada',
        session: 'a1',
        baseURL: 'http://app.test',
        viewport: { width: 800, height: 600 },
        synthetic: true,
      }),
    );
    const { sessions, problems } = await readLogs(dir);
    expect(problems).toEqual([]);
    expect(
      sessions.map(({ id, app, account, baseURL, viewport, synthetic }) => ({ id, app, account, baseURL, viewport, synthetic })),
    ).toEqual([
      { id: 'a1', app: 'shelf', account: 'ada', baseURL: 'http://app.test', viewport: { width: 800, height: 600 }, synthetic: true },
      {
        id: 'b',
        app: 'app.test',
        account: 'default',
        baseURL: 'http://app.test',
        viewport: { width: 1280, height: 800 },
        synthetic: false,
      },
    ]);
    expect(sessions.map(({ steps }) => lines(steps))).toEqual([good, good]);
  });

  it('gives the sessions that links lead to, but for links that are broken, lead to folders or into what is known as truth', async () => {
    for (const folder of ['logs', 'store', 'truth']) mkdirSync(path.join(dir, folder));
    put('store/a.rrweb.json', whole());
    put('truth/b.rrweb.json', whole());
    const link = (to: string, name: string): void => symlinkSync(to, path.join(dir, 'logs', name));
    link('../store/a.rrweb.json', 'a.rrweb.json');
    link('../truth/b.rrweb.json', 'b.rrweb.json');
    link('../store', 'c.rrweb.json');
    link('../store/gone.json', 'd.rrweb.json');
    const { sessions, problems } = await readLogs(path.join(dir, 'logs'));
    expect(problems).toEqual([]);
    expect(sessions.map(({ id, steps }) => [id, lines(steps)])).toEqual([['a', good]]);
  });

  it('is read from wrapped, grouped and packed exports too', async () => {
    const { events } = script();
    const packed = events.map((event) => deflateSync(JSON.stringify({ ...(event as object), v: 'v1' })).toString('latin1'));
    put('wrapped.json', JSON.stringify({ version: '1', data: { snapshots: events } }));
    put('grouped.json', JSON.stringify([events.slice(0, 3), events.slice(3)]));
    put('packed.rrweb.json', JSON.stringify(packed));
    const { sessions, problems } = await readLogs(dir);
    expect(problems).toEqual([]);
    expect(sessions.map(({ id, steps }) => [id, lines(steps)])).toEqual([
      ['grouped', good],
      ['packed', good],
      ['wrapped', good],
    ]);
  });

  it('collects each asset once and puts requests to the steps', async () => {
    const log = script();
    const at = new Date(log.at - 20).toISOString();
    const one = (url: string, mimeType: string) => ({
      startedDateTime: at,
      time: 1,
      request: { method: 'GET', url: `http://app.test${url}`, headers: [] },
      response: { status: 200, content: { mimeType, text: 'x' } },
    });
    const har = JSON.stringify({
      log: {
        pages: [{ id: 'p', pageTimings: {} }],
        entries: [one('/b.css', 'text/css'), one('/a.css', 'text/css'), one('/data', 'application/json')],
      },
    });
    for (const name of ['s1', 's2']) {
      put(`${name}.rrweb.json`, JSON.stringify(log.events));
      put(`${name}.har.gz`, gzipSync(har));
    }
    const { sessions, assets, problems } = await readLogs(dir);
    expect(problems).toEqual([]);
    expect(assets.map(({ url }) => url)).toEqual(['/a.css', '/b.css']);
    expect(sessions[1]?.steps[1]?.exchanges.map(({ url }) => url)).toEqual(['/data']);
  });

  it('never looks into its folder of the truth', async () => {
    mkdirSync(path.join(dir, 'truth'));
    put('truth/s.rrweb.json', whole());
    expect((await readLogs(dir)).sessions).toEqual([]);
  });

  it('reads the same twice', async () => {
    put('a.rrweb.json', whole());
    expect(JSON.stringify(await readLogs(dir))).toBe(JSON.stringify(await readLogs(dir)));
  });

  it('stops when told to, and tells how far it is', async () => {
    put('a.rrweb.json', whole());
    put('b.rrweb.json', whole());
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = readLogs(dir, {
      signal: stop.signal,
      onProgress: ({ name }) => {
        seen.push(name ?? 'end');
        if (name === 'b') stop.abort(new Error('enough'));
      },
    });
    await expect(reading).rejects.toThrow('enough');
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('a damaged file loses only itself', () => {
  const cases: [string, string | Buffer, RegExp][] = [
    ['empty', '', /^The file is empty\.$/],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), /not JSON: it begins with the bytes 89504e47/],
    [
      'no gzip',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('nonsense')]),
      /gzip data is damaged or cut short.*No event could be read/,
    ],
    ['no array', '{"a": 1}', /holds no JSON array of events/],
    ['other things', '[1, "x", {"type": 4}]', /"timestamp"|an event is an object/],
    ['no page', '[]', /no full snapshot/],
    ['garbage inside', '[{"type":4,},5]', /not JSON/],
  ];

  it.each(cases)('%s', async (_name, content, reason) => {
    put('bad.rrweb.json', content);
    put('good.rrweb.json', whole());
    const { sessions, problems } = await readLogs(dir);
    expect(sessions.map(({ id }) => id)).toEqual(['good']);
    expect(problems.every(({ file }) => file === 'bad.rrweb.json')).toBe(true);
    expect(problems.map((problem) => problem.reason).join('\n')).toMatch(reason);
  });

  it('keeps what stands before the cut of a truncated log', async () => {
    const text = whole();
    put('cut.rrweb.json', text.slice(0, -40));
    put('cut2.rrweb.json.gz', gzipSync(text).subarray(0, -30));
    const { sessions } = await readLogs(dir);
    expect(sessions.map(({ id, problems }) => [id, problems.length, problems[0]?.severity])).toEqual([
      ['cut', 1, 'error'],
      ['cut2', 1, 'error'],
    ]);
    expect(lines(sessions[0]?.steps ?? [])).toEqual(good);
    expect(sessions[0]?.problems[0]?.reason).toMatch(/ends in the middle of event 7: it is cut short\. The 7 whole events before are used/);
  });

  it('passes over single broken events and names the first', async () => {
    const { events } = script();
    put('a.rrweb.json', JSON.stringify([...events.slice(0, 2), { type: 3 }, null, { type: 'x' }, 7, 8, ...events.slice(2)]));
    const [session] = (await readLogs(dir)).sessions;
    expect(lines(session?.steps ?? [])).toEqual(good);
    expect(session?.problems.map(({ event }) => event)).toEqual([2, 3, 4, undefined]);
    expect(session?.problems.at(-1)?.reason).toContain('2');
  });

  it('stops at the limit of decompressed bytes', async () => {
    const bomb = Buffer.concat([Buffer.from(whole().slice(0, -1)), Buffer.alloc(30_000_000, ' ')]);
    put('bomb.rrweb.json.gz', gzipSync(bomb));
    const [session] = (await readLogs(dir, { maxBytes: 1_000_000 })).sessions;
    expect(session?.problems[0]?.reason).toMatch(/more than 1000000 bytes when decompressed, which is the limit/);
    expect(lines(session?.steps ?? [])).toEqual(good);
  });

  it('reads 200 MB event by event', async () => {
    const file = openSync(path.join(dir, 'huge.rrweb.json'), 'w');
    writeSync(file, whole().slice(0, -1));
    const filler = `,${JSON.stringify({ type: 6, timestamp: 1_700_000_100_000, data: { plugin: 'p', payload: 'x'.repeat(1_000_000) } })}`;
    for (let i = 0; i < 200; i += 1) writeSync(file, filler);
    writeSync(file, ']');
    closeSync(file);
    const before = process.memoryUsage().rss;
    const { sessions, problems } = await readLogs(dir);
    expect(lines(sessions[0]?.steps ?? [])).toEqual(good);
    expect([...problems, ...(sessions[0]?.problems ?? [])]).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  it('goes on without a broken HAR or meta file', async () => {
    put('a.rrweb.json', whole());
    put('a.har', '{"log": {"entries": [{"x": 1}, ');
    put('a.meta.json', '{"app": 7');
    put('alone.har', '{}');
    const { sessions, problems } = await readLogs(dir);
    expect(lines(sessions[0]?.steps ?? [])).toEqual(good);
    expect(new Set(sessions[0]?.problems.map(({ file }) => file))).toEqual(new Set(['a.meta.json', 'a.har']));
    expect(problems).toMatchObject([{ file: 'alone.har', severity: 'warning' }]);
  });

  it('never throws, wherever a log is cut or altered', async () => {
    const text = Buffer.from(whole());
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(text.length - 1), fc.nat(255), fc.boolean(), async (cut, place, byte, isZipped) => {
        const altered = Buffer.from(text.subarray(0, cut));
        if (place < cut) altered[place] = byte;
        put('x.rrweb.json', isZipped ? gzipSync(altered).subarray(0, Math.max(1, cut)) : altered);
        const logs = await readLogs(dir);
        expect(logs.sessions.length + logs.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a recorded session', () => {
  const recorded = path.join(import.meta.dirname, 'fixtures/recorded');

  it('gives the actions that were taken', async () => {
    const { sessions, problems } = await readLogs(recorded);
    const [session] = sessions;
    const told = (session?.steps ?? []).map(
      (step, i) => `${lines([step])[0]} -> ${step.after.url} (${step.exchanges.length}${i === 0 ? ' requests' : ''})`,
    );
    expect([...problems, ...(session?.problems ?? [])]).toEqual([]);
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(path.join(recorded, 's0014.actions.txt'));
  });

  it('never throws, wherever it is cut', async () => {
    const bytes = readFileSync(path.join(recorded, 's0014.rrweb.json.gz'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        put('x.rrweb.json.gz', bytes.subarray(0, cut));
        const logs = await readLogs(dir);
        expect([...logs.problems, ...logs.sessions.flatMap(({ problems }) => problems)].some(({ severity }) => severity === 'error')).toBe(
          cut < bytes.length,
        );
      }),
      { numRuns: 8 },
    );
  });
});

describe('the summary', () => {
  it('counts what was understood and gives a verdict', async () => {
    put('a.rrweb.json', whole());
    put('bad.rrweb.json', '');
    const { verdict, totals, sessions, words } = summarise(await readLogs(dir));
    expect(totals).toMatchObject({ pageLoads: 2, steps: 2, actions: { click: 1, goto: 1 }, errors: 1, warnings: 0, untold: 0 });
    expect(sessions).toHaveLength(1);
    expect(verdict).toBe('partial');
    expect(words).toContain('1 session with 2 steps were read');
  });

  it('says that there is nothing where nothing could be read', async () => {
    expect(summarise(await readLogs(dir))).toMatchObject({ verdict: 'nothing', problems: [{ file: '.', severity: 'error' }] });
  });
});
