import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fuzzRuns, fuzzTime, mutations } from '../../../../scripts/fuzz.ts';
import { readLogs } from '../../src/read-logs.ts';
import { demonstration } from '../fixtures/demonstration.ts';
import { lines } from '../fixtures/event-script.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-demonstrations-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer): void => writeFileSync(path.join(dir, name), content);
const whole = (): string => JSON.stringify(demonstration());
const done = ['goto = /notes.html', 'click generic ""', 'fill textbox "" = ok', 'click button "Send"'];

describe('MiniWoB++ demonstrations', () => {
  it('are told by their content and give the actions once each, of the application that the task names', async () => {
    put('a.json.gz', gzipSync(whole()));
    const { sessions, problems } = await readLogs(dir);
    expect(problems).toEqual([]);
    const [session] = sessions;
    expect(session).toMatchObject({ id: 'a', app: 'notes', account: 'a', viewport: { width: 160, height: 210 }, problems: [] });
    expect(lines(session?.steps ?? [])).toEqual(done);
  });

  it('that do not begin with a task are of `demonstration`, with their only page at an address made of that name', async () => {
    const { taskName: _, ...rest } = demonstration();
    put('a.json', JSON.stringify(rest));
    const [session] = (await readLogs(dir)).sessions;
    expect(session).toMatchObject({ app: 'demonstration', baseURL: 'http://demonstration.invalid' });
    expect(session?.steps.at(-1)?.after.url).toBe('/demonstration.html');
  });

  it('keep the number of an element while it stays, though the recorder gives new ones', async () => {
    put('a.json', whole());
    const last = (await readLogs(dir)).sessions[0]?.steps.at(-1);
    expect(last?.after.root).toEqual(last?.before.root);
  });

  it('leave out a last event whose answer was not recorded', async () => {
    const { states, ...rest } = demonstration();
    put('a.json', JSON.stringify({ ...rest, states: states.slice(0, -1) }));
    const [session] = (await readLogs(dir)).sessions;
    expect(session?.problems.map(({ reason }) => reason).join()).toContain('answer was not recorded');
  });

  it('cut short give what stands before the cut', async () => {
    put('a.json', whole().slice(0, -2000));
    const [session] = (await readLogs(dir)).sessions;
    expect(lines(session?.steps ?? []).slice(0, 3)).toEqual(done.slice(0, 3));
    expect(session?.problems[0]).toMatchObject({ file: 'a.json', severity: 'error' });
  });

  it('with a damaged record name its file and place and use the others', async () => {
    const { states, ...rest } = demonstration();
    put('a.json', JSON.stringify({ ...rest, states: states.with(3, { time: 'noon', action: null, dom: {} }) }));
    const [session] = (await readLogs(dir)).sessions;
    expect(session?.problems[0]).toMatchObject({ file: 'a.json', event: 3, reason: expect.stringContaining('no number "time"') });
    expect(lines(session?.steps ?? [])).toEqual(done);
  });

  it('damaged in any way never harm the one beside', { timeout: fuzzTime }, async () => {
    await fc.assert(
      fc.asyncProperty(mutations(demonstration()), async (damaged) => {
        for (const name of readdirSync(dir)) rmSync(path.join(dir, name));
        put('a.json', JSON.stringify(damaged));
        put('b.json', whole());
        const { sessions, problems } = await readLogs(dir);
        expect(lines(sessions.find(({ id }) => id === 'b')?.steps ?? [])).toEqual(done);
        expect(sessions.length + problems.length).toBeGreaterThan(1);
      }),
      { ...fuzzRuns(1000), seed: 7 },
    );
  });
});
