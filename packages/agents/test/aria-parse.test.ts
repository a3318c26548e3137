import { describe, expect, it } from 'vitest';
import { parseAria } from '../src/index.ts';

const snapshot = `- heading "My list" [level=1]
- textbox "New": half
- list:
  - listitem:
    - checkbox "Done" [checked]
    - text: "yes: it is"
  - listitem:
    - checkbox "Done"
    - paragraph: A "quoted" thing
- link "All":
  - /url: "#/"
- 'button "Save: \\"all\\" of Ada''s" [disabled]'
- 'link "a: b"':
  - /url: /x
- combobox "Sort":
  - option "Up" [selected]
  - option "Down"
- button "Tab\\x09stop" [pressed=mixed]: x`;

describe('parseAria', () => {
  const nodes = parseAria(snapshot);
  const find = (role: string, nth = 0) => nodes.filter((node) => node.role === role)[nth];

  it('reads role, name, states and text', () => {
    expect(find('heading')).toMatchObject({ name: 'My list', states: { level: '1' }, text: '' });
    expect(find('textbox')).toMatchObject({ name: 'New', text: 'half' });
    expect(find('text')).toMatchObject({ name: '', text: 'yes: it is' });
    expect(find('paragraph')).toMatchObject({ text: 'A "quoted" thing' });
  });

  it('counts nodes that share role and name', () => {
    expect(nodes.filter((node) => node.role === 'checkbox').map((node) => [node.nth, 'checked' in node.states])).toEqual([
      [0, true],
      [1, false],
    ]);
  });

  it('reads quoted keys and escapes', () => {
    expect(find('button')).toMatchObject({ name: 'Save: "all" of Ada\'s', states: { disabled: true } });
    expect(find('button', 1)).toMatchObject({ name: 'Tab\tstop', states: { pressed: 'mixed' }, text: 'x' });
  });

  it('gives properties to the element around them', () => {
    expect(find('link')?.props).toEqual({ url: '#/' });
    expect(find('link', 1)).toMatchObject({ name: 'a: b', props: { url: '/x' } });
  });

  it('keeps what is inside of an element as its children', () => {
    expect(find('combobox')?.children.map((child) => child.name)).toEqual(['Up', 'Down']);
    expect(find('list')?.children.map((child) => child.children.length)).toEqual([2, 2]);
  });

  it('leaves out what is no line of a snapshot', () => {
    expect(parseAria('nothing here\n- ???: x\n')).toEqual([]);
  });
});
