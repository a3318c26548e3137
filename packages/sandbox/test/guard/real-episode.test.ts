import { describe, expect, it } from 'vitest';
import type { Action, State } from '@backlot/protocol';
import { currentUrl, observe, render, reset, titleOf } from '@backlot/world';
import { compilePolicy, RealEpisode, stepText, SupervisedEpisode, type RealPage } from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { policy } from '../policy/subjects.ts';

/** An application that does exactly what its clone says, and goes on by itself where it is told to. */
class Application implements RealPage {
  state: State = reset(listWorld, 'two');
  readonly done: Action[] = [];

  async look(): ReturnType<RealPage['look']> {
    const { root } = render(listWorld, this.state);
    const { aria } = observe(listWorld, this.state);
    return { url: currentUrl(this.state), title: titleOf(listWorld, this.state), aria, root };
  }

  async act(action: Action): Promise<void> {
    this.done.push(action);
    this.state = stepText(listWorld, this.state, action).state;
  }

  picture = async (): Promise<Uint8Array> => new Uint8Array();
  placeOf = async (): Promise<{ x: number; y: number }> => ({ x: 5, y: 5 });
  close = async (): Promise<void> => undefined;
}

async function guarded(application: Application, rules: string): Promise<SupervisedEpisode> {
  const real = new RealEpisode(application, { world: listWorld, account: 'two' });
  const options = { clone: { world: listWorld, hash: '0' }, account: 'two' };
  return SupervisedEpisode.begin(real, {
    options,
    supervision: { policies: [compilePolicy(policy(rules, 'doubt: lenient\n'))], shown: () => real.shown() },
  });
}

const rest = '  - { id: rest, allow: Fine., when: {} }';

describe('the guard in front of an application', () => {
  it('judges the page as it stands when the action comes, not as it was last seen', async () => {
    const application = new Application();
    const episode = await guarded(application, `  - { id: settings, deny: Not there., when: { address: /settings } }\n${rest}`);
    application.state = stepText(listWorld, application.state, { kind: 'goto', value: '/settings' }).state;
    const { decision } = await episode.act({ kind: 'press', value: 'Escape' });
    expect(decision).toMatchObject({ verb: 'deny', rule: 'settings' });
    expect(application.done).toEqual([]);
  });

  it('goes to the address that was judged, relative to the page', async () => {
    const application = new Application();
    const episode = await guarded(application, rest);
    await episode.act({ kind: 'goto', value: '/settings' });
    await episode.act({ kind: 'goto', value: '?x=1' });
    expect(application.done.map(({ value }) => value)).toEqual(['/settings', '/settings?x=1']);
  });

  it.each(['/\\elsewhere.test', 'ht\ttps://elsewhere.test', '\\\\elsewhere.test', '//elsewhere.test', ' https://elsewhere.test'])(
    'knows that %j leads out of it',
    async (value) => {
      const application = new Application();
      const episode = await guarded(application, `  - { id: leaves, deny: Stay., when: { leaves: true } }\n${rest}`);
      expect((await episode.act({ kind: 'goto', value })).decision).toMatchObject({ verb: 'deny', rule: 'leaves' });
      expect(application.done).toEqual([]);
    },
  );

  it('knows where in the window an action points', async () => {
    const application = new Application();
    const rules = `  - { id: corner, deny: Not here., when: { within: { x: 0, y: 0, width: 9, height: 9 } } }\n${rest}`;
    const episode = await guarded(application, rules);
    const { decision } = await episode.act({ kind: 'click', target: { role: 'link', name: 'Settings', nth: 0 } });
    expect(decision).toMatchObject({ verb: 'deny', rule: 'corner', doubtful: false });
  });
});
