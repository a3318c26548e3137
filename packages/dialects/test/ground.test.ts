import { findElement } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { refsView } from '../src/index.ts';
import { play, refOf, scene, start } from './fixtures/list.ts';

const field = refOf('textbox', 'What needs doing?');
const target = { role: 'textbox', name: 'What needs doing?' };
const added = [...(start.tables['item'] ?? []).map(({ title }) => title), 'Wash the car'];
const titles = (state: typeof start): unknown => (state.tables['item'] ?? []).map(({ title }) => title);

describe('the same action in each dialect', () => {
  it.each([
    [
      'our own by role and name',
      [
        { kind: 'fill', target, value: 'Wash the car' },
        { kind: 'press', target, value: 'Enter' },
      ],
    ],
    [
      'our own by ref',
      [
        { kind: 'fill', ref: field, value: 'Wash the car' },
        { kind: 'press', ref: field, value: 'Enter' },
      ],
    ],
    ['Playwright', [{ tool_name: 'browser_type', arguments: { ref: field, text: 'Wash the car', submit: true } }]],
    ['Playwright, slowly', [{ tool_name: 'browser_type', arguments: { ref: field, text: 'Wash the car', slowly: true, submit: true } }]],
    ['BrowserGym', [`fill('${field}', 'Wash the car')\npress('${field}', 'Enter')`]],
    ['BrowserGym’s keyboard', [`click('${field}')`, "keyboard_type('Wash the car')", "keyboard_press('Enter')"]],
  ])('leads to the same state: %s', (_, moves) => {
    expect(titles(play(moves))).toEqual(added);
  });

  it('leads to the same state: WebArena', () => {
    expect(titles(play([`type [${field}] [Wash the car]`], start, 'webarena'))).toEqual(added);
  });

  it('leads to the same state: Anthropic’s keys, once a click gave the focus', () => {
    const focused = play([{ kind: 'click', ref: field }]);
    expect(titles(play([{ action: 'type', text: 'Wash the car\n' }], focused))).toEqual(added);
  });
});

describe('what is meant by an element', () => {
  it('is the button, link or field around it, else the element itself', () => {
    const { tree: _tree, root, meant } = scene();
    const button = findElement(root, ({ tag }) => tag === 'button');
    expect(meant(button!)).toBe(button);
    const box = findElement(root, ({ tag }) => tag === 'h1' || tag === 'ul');
    expect(meant(box!)).toBe(box);
  });
});

describe('typing', () => {
  const held = (state: typeof start): unknown => Object.values(state.drafts);
  const typed = play([{ kind: 'fill', ref: field, value: 'tea' }]);

  it('adds to what a field holds, and fill replaces it', () => {
    expect(held(play([`type [${field}] [ now] [0]`], typed, 'webarena'))).toEqual(['tea now']);
    expect(held(play([`fill('${field}', 'now')`], typed))).toEqual(['now']);
  });

  it('replaces what a triple click or Control+a selected', () => {
    expect(
      held(
        play(
          [
            { action: 'key', text: 'ctrl+a' },
            { action: 'type', text: 'milk' },
          ],
          typed,
        ),
      ),
    ).toEqual(['milk']);
    expect(
      held(
        play(
          [
            { action: 'key', text: 'ctrl+a' },
            { action: 'key', text: 'BackSpace' },
          ],
          typed,
        ),
      ),
    ).toEqual(['']);
  });

  it('knows Backspace, Space and letters', () => {
    expect(held(play(["keyboard_press('Backspace')", "keyboard_press('Space')", "keyboard_press('x')"], typed))).toEqual(['te x']);
  });

  it('needs a field with the focus', () => {
    expect(() => play(["keyboard_type('tea')"])).toThrow('No field that takes text has the focus');
  });
});

describe('an element without a role', () => {
  it('has a ref of its own, and is acted on by it', () => {
    const label = /generic \[ref=(\w+)\]: Buy milk/.exec(refsView(scene()))?.[1] ?? 'none';
    const editing = play([{ tool_name: 'browser_click', arguments: { ref: label, doubleClick: true } }]);
    expect((editing.tables['item'] ?? []).some(({ editing: isEditing }) => isEditing === true)).toBe(true);
  });
});
