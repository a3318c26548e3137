import { createTextEngine } from '@backlot/sandbox';
import type { Action } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { verifyingEngine } from '../../src/index.ts';

const clone = { world: listWorld, hash: '0' };
const check = (nth: number): Action => ({ kind: 'check', target: { role: 'checkbox', name: 'Done', nth } });
const click = (role: string, name: string): Action => ({ kind: 'click', target: { role, name, nth: 0 } });

async function refusalOf(instruction: string, action: Action): Promise<{ readonly refused: string | null; readonly isDone: boolean }> {
  const objections: string[] = [];
  const engine = verifyingEngine(createTextEngine(), (_action, why) => objections.push(why));
  const episode = await engine.open({ clone, account: 'two', task: { id: 't', instruction } });
  const before = await episode.state();
  const { refused = null } = await episode.act(action);
  expect(objections).toEqual(refused === null ? [] : [refused]);
  return { refused, isDone: (await episode.state()) !== before };
}

describe('an engine that verifies actions', () => {
  it('carries out what touches the record that the instruction names', async () => {
    expect(await refusalOf('Check “Buy milk”.', check(0))).toEqual({ refused: null, isDone: true });
  });

  it('keeps back what touches another record than the one that is named', async () => {
    const { refused, isDone } = await refusalOf('Uncheck “Call Ada”.', check(0));
    expect(refused).toMatch(/^It changes .*Buy milk.* not asked for\.$/);
    expect(isDone).toBe(false);
  });

  it('lets records go by a control that the instruction names, and by no other', async () => {
    const clear = { ...click('button', 'Clear done'), dialog: { type: 'confirm', message: '', accepted: true } } as const;
    expect((await refusalOf('Open the settings.', clear)).refused).toMatch(/not asked for/);
    expect((await refusalOf('Use “Clear done”.', clear)).refused).toBeNull();
  });

  it('keeps back what would change nothing', async () => {
    const enter: Action = { kind: 'press', target: { role: 'textbox', name: 'What needs doing?', nth: 0 }, value: 'Enter' };
    expect((await refusalOf('Add “tea”.', enter)).refused).toBe('It would change nothing.');
  });
});
