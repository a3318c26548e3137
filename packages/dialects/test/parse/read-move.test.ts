import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMove } from '../../src/index.ts';

const refusal = (input: unknown, dialect?: 'browsergym' | 'webarena'): string => {
  const move = readMove(input, dialect);
  return move.move === 'refused' ? move.reason : `not refused: ${JSON.stringify(move)}`;
};
const at = (ref: string): object => ({ place: { ref } });

describe('our own dialect', () => {
  it('names an element by ref, or by role and name', () => {
    expect(readMove({ kind: 'click', ref: 'e1' })).toEqual({ move: 'act', acts: [{ kind: 'click', ...at('e1') }] });
    expect(readMove({ kind: 'fill', target: { role: 'textbox', name: 'Title' }, value: 'Tea' })).toEqual({
      move: 'act',
      acts: [{ kind: 'fill', place: { target: { role: 'textbox', name: 'Title', nth: 0 } }, value: 'Tea' }],
    });
  });

  it('ends with done or gave_up', () => {
    expect(readMove({ kind: 'done', answer: '42' })).toEqual({ move: 'end', ending: 'done', answer: '42' });
    expect(readMove({ kind: 'gave_up' })).toEqual({ move: 'end', ending: 'gave_up' });
  });

  it('says what is wrong', () => {
    expect(refusal({ kind: 'push' })).toContain('kind');
    expect(refusal({ kind: 'click', ref: 'e1', target: { role: 'a', name: 'b' } })).toContain('not both');
  });
});

describe('the tools of Playwright’s MCP server', () => {
  const call = (tool_name: string, args: object): unknown => readMove({ tool_name, arguments: args });

  it('act on the element with the ref', () => {
    expect(call('browser_click', { element: 'Save', ref: 'e1', doubleClick: true })).toEqual({
      move: 'act',
      acts: [{ kind: 'dblclick', ...at('e1') }],
    });
    expect(call('browser_type', { element: 'Title', ref: 'e1', text: 'Tea', submit: true })).toEqual({
      move: 'act',
      acts: [
        { kind: 'fill', ...at('e1'), value: 'Tea' },
        { kind: 'press', ...at('e1'), value: 'Enter' },
      ],
    });
    expect(call('browser_select_option', { ref: 'e1', values: ['Red'] })).toEqual({
      move: 'act',
      acts: [{ kind: 'select', ...at('e1'), value: 'Red' }],
    });
  });

  it('answer dialogs, look, and end', () => {
    expect(call('browser_handle_dialog', { accept: true, promptText: 'Ada' })).toEqual({ move: 'dialog', accepted: true, text: 'Ada' });
    expect(call('browser_snapshot', {})).toEqual({ move: 'look' });
    expect(call('browser_tabs', { action: 'list' })).toEqual({ move: 'look' });
    expect(call('browser_close', {})).toEqual({ move: 'end', ending: 'done' });
  });

  it('hold no way to run a script, and say what an input lacks', () => {
    expect(refusal({ tool_name: 'browser_evaluate', arguments: { function: '() => 1' } })).toContain('tool_name');
    expect(refusal({ tool_name: 'browser_click', arguments: {} })).toContain('browser_click: ref');
  });
});

describe('BrowserGym’s actions', () => {
  it('are calls of functions with plain arguments, by place or by name', () => {
    const filled = { move: 'act', acts: [{ kind: 'fill', ...at('a1'), value: 'Tea' }] };
    expect(readMove("fill('a1', 'Tea')")).toEqual(filled);
    expect(readMove('fill(value="Tea", bid="a1")')).toEqual(filled);
    expect(readMove({ action_str: '  fill("a1", """Tea""", enable_autocomplete_menu=False)  # write it' })).toEqual(filled);
  });

  it('may be several', () => {
    expect(readMove("fill('a1', 'Tea')\npress('a1', 'Enter')")).toMatchObject({
      acts: [{ kind: 'fill' }, { kind: 'key', value: 'Enter' }],
    });
    expect(refusal("click('a')\nsend_msg_to_user('hi')")).toContain('stands alone');
  });

  it('read the escapes of Python’s texts', () => {
    expect(readMove(String.raw`keyboard_type('it\'s \x41\u00e9\n' )`)).toEqual({
      move: 'act',
      acts: [{ kind: 'type', value: "it's Aé\n" }],
    });
    expect(readMove(String.raw`keyboard_type(r'a\nb')`)).toEqual({ move: 'act', acts: [{ kind: 'type', value: String.raw`a\nb` }] });
  });

  it('point, talk and give up', () => {
    expect(readMove('mouse_click(10.5, 20)')).toEqual({ move: 'act', acts: [{ kind: 'click', place: { point: { x: 10.5, y: 20 } } }] });
    expect(readMove("send_msg_to_user('The answer is 4')")).toEqual({ move: 'say', text: 'The answer is 4' });
    expect(readMove("report_infeasible('No such page')")).toEqual({ move: 'end', ending: 'gave_up', answer: 'No such page' });
  });

  it.each([
    ["__import__('os').system('ls')", 'is needed'],
    ["click(open('/etc/passwd'))", 'is needed'],
    ["click('a' + 'b')", 'is needed'],
    ["click('a'", 'is needed'],
    ["click('a", 'closing'],
    ["click('a', bid='a')", 'no further bid'],
    ['click()', 'needs bid'],
    ["hover('a', 'b')", 'takes 1 arguments'],
    ['import os', 'is needed'],
    ['', 'no action'],
    ["click('a', button='right')", 'left button'],
    ['constructor()', 'no action constructor'],
  ])('refuse %s in words', (text, why) => {
    expect(refusal(text)).toContain(why);
  });
});

describe('WebArena’s actions', () => {
  const read = (text: string): unknown => readMove(text, 'webarena');

  it('name elements in brackets', () => {
    expect(read('click [12]')).toEqual({ move: 'act', acts: [{ kind: 'click', ...at('12') }] });
    expect(read('```type [12] [green [tea]] [0]```')).toEqual({ move: 'act', acts: [{ kind: 'type', ...at('12'), value: 'green [tea]' }] });
  });

  it('press Enter behind what is typed unless told not to', () => {
    expect(read('type [12] [tea]')).toMatchObject({ acts: [{ kind: 'type' }, { kind: 'press', value: 'Enter' }] });
    expect(read('type [12] [tea] [press_enter_after=0]')).toMatchObject({ acts: [{ kind: 'type' }] });
  });

  it('stop with an answer, or because there is none', () => {
    expect(read('stop [42]')).toEqual({ move: 'end', ending: 'done', answer: '42' });
    expect(read('stop [N/A]')).toEqual({ move: 'end', ending: 'gave_up', answer: 'N/A' });
  });

  it('refuse what is none of them', () => {
    expect(refusal('push [12]', 'webarena')).toContain('"push [12]" is no action');
    expect(refusal('new_tab', 'webarena')).toContain('one tab');
  });
});

describe('Anthropic’s computer tool', () => {
  it('points, types and presses', () => {
    expect(readMove({ action: 'left_click', coordinate: [3, 4] })).toEqual({
      move: 'act',
      acts: [{ kind: 'click', place: { point: { x: 3, y: 4 } } }],
    });
    expect(readMove({ action: 'type', text: 'a b\n' })).toEqual({
      move: 'act',
      acts: [
        { kind: 'type', value: 'a b' },
        { kind: 'key', value: 'Enter' },
      ],
    });
    expect(readMove({ action: 'key', text: 'ctrl+a BackSpace' })).toMatchObject({ acts: [{ value: 'ctrl+a' }, { value: 'BackSpace' }] });
  });

  it('scrolls and looks without changing anything', () => {
    expect(readMove({ action: 'scroll', coordinate: [1, 1], scroll_direction: 'down', scroll_amount: 3 })).toEqual({
      move: 'act',
      acts: [{ kind: 'scroll', by: { x: 0, y: 300 } }],
    });
    for (const action of ['screenshot', 'zoom', 'cursor_position']) expect(readMove({ action })).toEqual({ move: 'look' });
  });

  it('refuses what a world does not know', () => {
    expect(refusal({ action: 'right_click', coordinate: [1, 1] })).toContain('right_click');
    expect(refusal({ action: 'left_click' })).toContain('needs a coordinate');
    expect(refusal({ action: 'left_click', coordinate: [-1, 0] })).toContain('coordinate.0');
  });
});

describe('reading a move', () => {
  it('never throws, whatever it is given', () => {
    const words = fc.constantFrom(
      'click',
      '(',
      ')',
      "'",
      '"',
      '[',
      ']',
      ',',
      '\\',
      '\\x4',
      'fill',
      'a1',
      '#',
      '\n',
      "'''",
      '1',
      'type',
      'stop',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), fc.constantFrom('browsergym' as const, 'webarena' as const), (input, dialect) => {
        expect(['act', 'look', 'end', 'say', 'dialog', 'refused']).toContain(readMove(input, dialect).move);
      }),
      { numRuns: 500 },
    );
  });
});
