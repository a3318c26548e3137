import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backlot, start } from './fixtures/backlot.ts';
import { writeLogs } from './fixtures/write-logs.ts';

const verbs = ['Water', 'Call', 'Buy', 'Read', 'Fix', 'Write'];
const objects = ['the plants', 'Ada', 'tea', 'a chapter'];
/** What six people note: from two to four things each. */
const notes = verbs.map((verb, i) => objects.slice(0, 2 + (i % 3)).map((object) => `${verb} ${object}`));
let dir: string;
const at = (name: string): string => path.join(dir, name);

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-cli-'));
  writeLogs(at('logs'), notes);
  writeLogs(at('held-out'), [['Never seen before', 'Nor this one']]);
  writeLogs(at('private'), notes.slice(0, 1), { synthetic: false });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the path from logs to rewards', () => {
  it('ingests logs and tells what was understood', async () => {
    const { code, out } = await backlot('ingest', at('logs'), '--json');
    expect(code).toBe(0);
    const { sessions, actions, enough } = JSON.parse(out);
    expect(sessions).toHaveLength(6);
    expect(actions).toMatchObject({ fill: 18, click: 18 });
    expect(enough).toBe(true);
  });

  it('writes a clone, a suite, and episodes with their rewards', async () => {
    const synth = await backlot('synth', at('logs'), '--out', at('clone'), '--json');
    expect(synth.err).not.toContain('backlot:');
    expect(synth.code).toBe(0);
    expect(JSON.parse(synth.out)).toMatchObject({ app: 'notes', exceptions: { total: 0 } });

    const tasks = await backlot('tasks', at('clone'), '--n', '3', '--out', at('suite.json'), '--json');
    expect(tasks.code).toBe(0);
    expect(JSON.parse(tasks.out).tasks).toHaveLength(3);

    const oracle = await backlot(
      'run',
      '--suite',
      at('suite.json'),
      '--agent',
      'oracle',
      '--out',
      at('run'),
      '--min-reward',
      '1',
      '--json',
    );
    expect(oracle.code).toBe(0);
    expect(JSON.parse(oracle.out).success).toMatchObject({ hits: 3, total: 3 });
    expect(readFileSync(at('run/episodes.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3);

    const noop = await backlot('run', '--suite', at('suite.json'), '--agent', 'noop', '--min-reward', '0.5');
    expect(noop.code).toBe(1);
    expect(noop.out).toContain('0 of 3 solved');
  });

  it('trains a learner that then plays the suite', async () => {
    const policy = at('policy.json');
    const trained = await backlot('train', at('clone'), '--n', '6', '--practise', '2', '--out', policy, '--json');
    expect([trained.code, trained.err]).toEqual([0, expect.not.stringContaining('backlot:')]);
    expect(JSON.parse(trained.out)).toMatchObject({ tasks: 6, random: { total: 1 } });
    expect(readFileSync(at('policy.svg'), 'utf8')).toContain('</svg>');
    const run = await backlot(
      'run',
      '--suite',
      at('suite.json'),
      '--agent',
      `learner:${policy}`,
      '--parallel',
      '2',
      '--out',
      at('learned'),
    );
    expect([run.code, run.out]).toEqual([0, expect.stringContaining('learner on the text engine')]);
    const replay = await backlot('run', '--suite', at('suite.json'), '--agent', `replay:${at('learned')}`, '--json');
    expect(JSON.parse(replay.out)).toMatchObject({ agent: 'replay', episodes: 3 });
  }, 120_000);

  it('measures a clone against sessions it has not seen, and fails where a threshold is missed', async () => {
    const good = await backlot(
      'fidelity',
      at('clone'),
      '--logs',
      at('held-out'),
      '--training',
      at('logs'),
      '--looks',
      '0',
      '--min-exact',
      '1',
      '--json',
    );
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out).r2w.exact).toMatchObject({ hits: 5, total: 5 });
    writeFileSync(at('held-out/s2.rrweb.json'), readFileSync(at('held-out/s1.rrweb.json'), 'utf8').replaceAll('New note', 'Other field'));
    const bad = await backlot('fidelity', at('clone'), '--logs', at('held-out'), '--looks', '0', '--min-exact', '1');
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('Where sessions first diverge');
  });

  it('serves the clone until it is told to stop', async () => {
    const child = start('serve', at('clone'));
    const url = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())));
    expect(await (await fetch(`${url}/any/path`)).text()).toContain('runtime.js');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

describe('backlot synth', () => {
  it('does not use logs of real people as they are unless that is asked for', async () => {
    const refused = await backlot('synth', at('private'), '--out', at('private-clone'));
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('1 of 1 sessions are not marked synthetic');
    const kept = await backlot('synth', at('private'), '--out', at('private-clone'), '--privacy', 'keep');
    expect(kept.code).toBe(0);
  });

  it('gives the same bytes for the same logs', async () => {
    await backlot('synth', at('logs'), '--out', at('first'));
    await backlot('synth', at('logs'), '--out', at('second'));
    for (const file of ['world.json', 'work.json', 'runtime.js']) {
      expect(readFileSync(at(`first/${file}`)).equals(readFileSync(at(`second/${file}`))), file).toBe(true);
    }
  });
});

describe('backlot ingest', () => {
  it('tells which files were broken and goes on with the others', async () => {
    writeLogs(at('mixed'), notes.slice(0, 1));
    writeFileSync(at('mixed/cut.rrweb.json'), '[{"type":4,"data":{"hre');
    const { code, out } = await backlot('ingest', at('mixed'));
    expect(code).toBe(1);
    expect(out).toContain('error: cut.rrweb.json:');
    expect(out).toContain('1 session, 5 steps');
  });
});
