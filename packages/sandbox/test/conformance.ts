import type { Action, Observation, State, Target } from '@backlot/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clone, Engine, Episode } from '../src/index.ts';
import { SetupError } from '../src/index.ts';

/** An engine to test, with the clone of `conformance-world.ts` in the form that it takes. */
export interface Candidate {
  readonly engine: Engine;
  readonly clone: Clone;
  /** Told at the end, after the engine is closed. */
  readonly dispose?: () => Promise<void>;
}

const on = (role: string, name: string, nth = 0): { target: Target } => ({ target: { role, name, nth } });
const field = on('textbox', 'What needs doing?');
const add = (title: string): Action[] => [
  { kind: 'fill', ...field, value: title },
  { kind: 'press', ...field, value: 'Enter' },
];
const clear: Action = { kind: 'click', ...on('button', 'Clear done') };
const titles = (state: State): unknown[] => (state.tables['item'] ?? []).map((row) => row['title']);

/** Rows, registers and address: what engines must agree on in a state, whatever they remember of pointer and focus. */
function kept(state: State): unknown {
  return { tables: state.tables, registers: state.registers, at: state.history.entries[state.history.index] };
}

async function play(episode: Episode, actions: readonly Action[]): Promise<Observation> {
  for (const action of actions) {
    const { refused } = await episode.act(action);
    if (refused !== undefined) throw new Error(`${JSON.stringify(action)}: ${refused}`);
  }
  return episode.observe();
}

/** What every engine promises: the same suite runs on all of them. `reference` plays beside it and must see the same. */
export function describeEngineConformance(name: string, candidate: () => Promise<Candidate>, reference: () => Engine): void {
  describe(`the ${name} engine`, () => {
    let engine: Engine;
    let clone: Clone;
    let dispose: Candidate['dispose'];
    let open: (account?: string, setup?: readonly Action[]) => Promise<Episode>;
    const opened: Episode[] = [];

    beforeAll(async () => {
      ({ engine, clone, dispose } = await candidate());
      open = async (account = 'two', setup = []) => {
        const episode = await engine.open({ clone, account, setup });
        opened.push(episode);
        return episode;
      };
    });
    // Pages that stay open slow the browser down.
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((episode) => episode.close()));
    });
    afterAll(async () => {
      await engine?.close();
      await dispose?.();
    });

    it('observes body, address and title, and nothing under the pointer', async () => {
      const episode = await open();
      expect(await episode.observe()).toEqual({
        aria: [
          '- heading "Ada’s list" [level=1]',
          '- textbox "What needs doing?"',
          '- list:',
          '  - listitem:',
          '    - checkbox "Done"',
          '    - text: Buy milk',
          '  - listitem:',
          '    - checkbox "Done" [checked]',
          '    - text: Call Ada',
          '- contentinfo:',
          '  - text: 1 item left',
          '  - link "All":',
          '    - /url: "#/"',
          '  - link "Open":',
          '    - /url: "#/open"',
          '  - link "Done":',
          '    - /url: "#/done"',
          '  - button "Clear done"',
          '- link "Settings":',
          '  - /url: /settings',
        ].join('\n'),
        url: '/',
        title: 'Ada’s list · List',
        dialog: null,
        clock: 0,
      });
    });

    describe('plays like the reference', () => {
      const stories: Record<string, readonly Action[]> = {
        'adding and editing': [
          ...add('Tea'),
          { kind: 'dblclick', ...on('generic', '', 3) },
          { kind: 'fill', ...on('textbox', 'Edit'), value: 'Green tea' },
          { kind: 'press', ...on('textbox', 'Edit'), value: 'Enter' },
        ],
        'boxes by click, check and uncheck': [
          { kind: 'click', ...on('checkbox', 'Done') },
          { kind: 'check', ...on('checkbox', 'Done') },
          { kind: 'uncheck', ...on('checkbox', 'Done', 1) },
        ],
        'buttons that show under the pointer': [{ kind: 'click', ...on('button', 'Delete', 1) }],
        'pointing at something, then acting elsewhere': [
          { kind: 'hover', ...on('checkbox', 'Done') },
          { kind: 'click', ...on('link', 'Open') },
        ],
        'double clicks that no rule listens for': [
          { kind: 'dblclick', ...on('checkbox', 'Done') },
          { kind: 'dblclick', ...on('link', 'Open') },
          { kind: 'dblclick', ...on('link', 'Settings') },
        ],
        'a double click whose first half asks something': [
          { kind: 'dblclick', ...on('button', 'Clear done'), dialog: { type: 'confirm', message: '', accepted: false } },
        ],
        'a key after the focused element is gone': [
          { kind: 'click', ...on('button', 'Clear done') },
          { kind: 'press', value: 'Tab' },
        ],
        'filters, back and forward': [
          { kind: 'click', ...on('link', 'Open') },
          { kind: 'click', ...on('link', 'Done') },
          { kind: 'back' },
          { kind: 'forward' },
          { kind: 'reload' },
        ],
        'back and forward at the ends of the history': [{ kind: 'back' }, { kind: 'forward' }, ...add('Still here')],
        'another page, a form and the way back': [
          { kind: 'click', ...on('link', 'Settings') },
          { kind: 'fill', ...on('textbox', 'Name'), value: 'Ours & theirs' },
          { kind: 'click', ...on('button', 'Save') },
          { kind: 'back' },
        ],
        'a form sent by Enter': [
          { kind: 'goto', value: '/settings' },
          { kind: 'fill', ...on('textbox', 'Name'), value: 'Sent' },
          { kind: 'press', ...on('textbox', 'Name'), value: 'Enter' },
        ],
        'typing that a reload takes away': [{ kind: 'fill', ...field, value: 'Half' }, { kind: 'reload' }],
        'keys without a target': [
          { kind: 'fill', ...field, value: 'By key' },
          { kind: 'press', value: 'Enter' },
          { kind: 'press', value: 'Tab' },
        ],
        waiting: [{ kind: 'wait', value: '1500' }],
        'an address of its own and one that nobody learned': [
          { kind: 'goto', value: '/settings' },
          { kind: 'goto', value: '/nowhere' },
          { kind: 'back' },
        ],
        'an accepted and a dismissed question': [
          { ...clear, dialog: { type: 'confirm', message: '', accepted: false } },
          { ...clear, dialog: { type: 'confirm', message: '', accepted: true } },
        ],
      };
      for (const [story, actions] of Object.entries(stories)) {
        it(story, async () => {
          const mine = await open();
          const theirs = await reference().open({ clone, account: 'two' });
          for (const [i, action] of actions.entries()) {
            const [a, b] = [await mine.act(action), await theirs.act(action)];
            const where = `after action ${i + 1}, ${action.kind}`;
            expect(a.refused, where).toBe(b.refused);
            expect(a.observation, where).toEqual(b.observation);
            expect(a.dialogs, where).toEqual(b.dialogs);
            expect(a.explanation.rules, where).toEqual(b.explanation.rules);
            expect(a.explanation.certainty, where).toBe(b.explanation.certainty);
            expect(kept(await mine.state()), where).toEqual(kept(await theirs.state()));
          }
        });
      }
    });

    it('shows what appears under the pointer right after a hover only', async () => {
      const episode = await open();
      const { observation } = await episode.act({ kind: 'hover', ...on('checkbox', 'Done') });
      expect(observation.aria.match(/button "Delete"/g)).toHaveLength(1);
      expect((await episode.act({ kind: 'wait', value: '0' })).observation.aria).not.toContain('Delete');
    });

    it('says why the last action came out as it did', async () => {
      const episode = await open();
      const [, pressed] = [await episode.act(add('Tea')[0]!), await episode.act(add('Tea')[1]!)];
      expect(pressed.explanation).toMatchObject({ rules: ['add'], certainty: 'certain' });
    });

    it('begins every episode afresh, in the account asked for, whatever others did', async () => {
      const first = await open('two');
      await play(first, add('Only mine'));
      const [second, third] = [await open('two'), await open('empty')];
      expect(titles(await second.state())).toEqual(['Buy milk', 'Call Ada']);
      expect(titles(await third.state())).toEqual([]);
      expect(titles(await first.state())).toEqual(['Buy milk', 'Call Ada', 'Only mine']);
    });

    it('accepts a dialog that the action does not speak of, and tells what it asked', async () => {
      const episode = await open();
      const { dialogs, observation } = await episode.act(clear);
      expect(dialogs).toEqual([{ type: 'confirm', message: 'Delete what is done?', accepted: true }]);
      expect(observation.dialog).toBeNull();
      expect(titles(await episode.state())).toEqual(['Buy milk']);
    });

    it('leads to the start of the task by setup actions', async () => {
      const episode = await open('empty', [...add('One'), ...add('Two')]);
      expect(titles(await episode.state())).toEqual(['One', 'Two']);
    });

    it('refuses to open where a setup action is refused', async () => {
      await expect(open('two', [{ kind: 'click', ...on('button', 'Nothing') }])).rejects.toThrow(SetupError);
    });

    it('goes on from a restored state, and leaves the state it came from alone', async () => {
      const episode = await open();
      const fork = await episode.state();
      const before = await episode.observe();
      await play(episode, [...add('Gone again'), { kind: 'click', ...on('link', 'Settings') }]);
      const later = await episode.state();
      await episode.restore(fork);
      expect(await episode.observe()).toEqual(before);
      expect(titles(await episode.state())).toEqual(['Buy milk', 'Call Ada']);
      await play(episode, add('Another way'));
      expect(titles(later)).toEqual(['Buy milk', 'Call Ada', 'Gone again']);
      await episode.restore(later);
      expect((await episode.observe()).url).toBe('/settings');
    });

    describe('refuses and leaves everything as it was', () => {
      const refusals: Record<string, Action> = {
        'an element that is not there': { kind: 'click', ...on('button', 'No such button') },
        'a number beyond the last': { kind: 'click', ...on('checkbox', 'Done', 2) },
        'filling what takes no text': { kind: 'fill', ...on('link', 'Settings'), value: 'x' },
        'filling a box': { kind: 'fill', ...on('checkbox', 'Done'), value: 'x' },
        'checking what is no box': { kind: 'check', ...on('link', 'Settings') },
        'selecting in what has no options': { kind: 'select', ...field, value: 'x' },
        'an action without its target': { kind: 'click' },
        'a key that does not exist': { kind: 'press', value: 'Entrance' },
        'a key that types': { kind: 'press', ...field, value: 'a' },
        'an address outside': { kind: 'goto', value: 'http://example.test/' },
        'a wait without end': { kind: 'wait', value: '1e9' },
      };
      for (const [what, action] of Object.entries(refusals)) {
        it(what, async () => {
          const episode = await open();
          await play(episode, [{ kind: 'fill', ...field, value: 'Half' }]);
          const [seen, state] = [await episode.observe(), await episode.state()];
          const { refused, observation } = await episode.act(action);
          expect(refused).toMatch(/\.$/);
          expect(observation).toEqual(seen);
          expect(await episode.state()).toEqual(state);
        });
      }
    });

    it('stops when the signal aborts', async () => {
      const controller = new AbortController();
      const episode = await engine.open({ clone, account: 'two', signal: controller.signal });
      controller.abort(new Error('stop now'));
      await expect(episode.act({ kind: 'reload' })).rejects.toThrow('stop now');
      await episode.close();
    });
  });
}
