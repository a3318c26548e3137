import { createTextEngine, type Clone } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { agreeEngines, measureEM, measureR2W } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, missing, sessionOf } from '../fixtures/session-of.ts';

const cloneOf = (adds: number): Clone => ({ world: counterWorld(adds), hash: String(adds) });
const engine = createTextEngine();
const three = sessionOf(counterWorld(), [{ kind: 'goto', value: '/' }, add, add]);

describe('measureR2W', () => {
  it('finds a true clone exact at every step', async () => {
    const r2w = await measureR2W({ clone: cloneOf(1), sessions: [three], engine });
    expect(r2w.accepted).toMatchObject({ hits: 3, total: 3, share: 1 });
    expect(r2w.exact).toMatchObject({ hits: 3, total: 3, share: 1 });
    expect(r2w.exactSessions.share).toBe(1);
    expect(r2w.sessions[0]?.firstDivergence).toBeNull();
  });

  it('names the first step at which an untrue clone differs, with the lines', async () => {
    const { sessions, exact, accepted } = await measureR2W({ clone: cloneOf(2), sessions: [three], engine });
    expect(accepted.share).toBe(1);
    expect(exact).toMatchObject({ hits: 1, total: 3 });
    expect(sessions[0]?.firstDivergence).toMatchObject({
      index: 1,
      accepted: true,
      missing: ['- paragraph: "1"'],
      extra: ['- paragraph: "2"'],
    });
  });

  it('counts all steps after a refused action as failed, though the clone would take them', async () => {
    const session = sessionOf(counterWorld(), [add, missing, add, add]);
    const r2w = await measureR2W({ clone: cloneOf(1), sessions: [session], engine });
    expect(r2w.accepted).toMatchObject({ hits: 1, total: 4 });
    expect(r2w.exact).toMatchObject({ hits: 1, total: 4 });
    expect(r2w.finished.share).toBe(0);
    expect(r2w.sessions[0]?.firstDivergence?.refused).toContain('Gone');
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(measureR2W({ clone: cloneOf(1), sessions: [three], engine, signal })).rejects.toThrow('enough');
  });
});

describe('measureEM', () => {
  it('counts changing steps apart, and knows what no learning gets', async () => {
    const r2w = await measureR2W({ clone: cloneOf(1), sessions: [three], engine });
    const em = measureEM({ r2w, sessions: [three] });
    expect(em.openLoop.emChange).toMatchObject({ hits: 2, total: 2 });
    expect(em.identity.em).toMatchObject({ hits: 1, total: 3 });
    expect(em.identity.emChange).toMatchObject({ hits: 0, total: 2 });
  });

  it('lets the page last seen predict what training showed last', async () => {
    const r2w = await measureR2W({ clone: cloneOf(1), sessions: [three], engine });
    const { lastSeen } = measureEM({ r2w, sessions: [three], training: [sessionOf(counterWorld(), [add])] });
    // The training ended with one thing: right after the first click, wrong after the second.
    expect(lastSeen.emChange).toMatchObject({ hits: 1, total: 2 });
  });
});

describe('agreeEngines', () => {
  it('finds nothing between two engines of one kind, and goes on after what both refuse', async () => {
    const session = sessionOf(counterWorld(), [add, missing, add]);
    const agreement = await agreeEngines({ clone: cloneOf(1), sessions: [session], engines: [engine, createTextEngine()] });
    expect(agreement).toMatchObject({ agree: true, observations: 3, sessions: [{ refused: 1, disagreement: null }] });
  });

  it('reports the first observation that differs', async () => {
    const other = { ...engine, open: (options: Parameters<typeof engine.open>[0]) => engine.open({ ...options, clone: cloneOf(2) }) };
    const agreement = await agreeEngines({ clone: cloneOf(1), sessions: [three], engines: [engine, other] });
    expect(agreement.agree).toBe(false);
    expect(agreement.sessions[0]?.disagreement).toMatchObject({
      index: 1,
      what: 'aria',
      shown: ['- paragraph: "1"', '- paragraph: "2"'],
    });
  });
});
