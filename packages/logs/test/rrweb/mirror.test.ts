import { describe, expect, it } from 'vitest';
import { placesOf } from '../../src/actions/places.ts';
import { EventScript, textIn, timelineOf } from '../fixtures/event-script.ts';

const rootOf = (script: EventScript) => timelineOf(script).root;
const byId = (script: EventScript, name: string) => placesOf(rootOf(script)!).find(({ element }) => element.attrs['id'] === name)?.element;

describe('the mirror', () => {
  it('adds nodes that arrive before the neighbours they stand next to', () => {
    const script = new EventScript().page('/', ['ul', { id: 'list' }, ['li', { id: 'last' }, 'last']]);
    const [first, second] = [script.node(['li', {}, 'first']), script.node(['li', {}, 'second'])];
    const parentId = script.id('list');
    script.mutate({
      adds: [
        { parentId, nextId: second.id, node: first },
        { parentId, nextId: script.id('last'), node: second },
      ],
    });
    expect(textIn(rootOf(script))).toBe('Page / first second last');
  });

  it('moves a node that is removed and added again under the same number', () => {
    const script = new EventScript().page('/', ['p', { id: 'a' }, 'A'], ['p', { id: 'b' }, 'B']);
    const moved = {
      type: 2,
      tagName: 'p',
      attributes: { id: 'a' },
      id: script.id('a'),
      childNodes: [{ type: 3, id: script.id('a') + 1, textContent: 'A' }],
    };
    const body = script.id('a') - 1;
    script.mutate({ removes: [{ parentId: body, id: script.id('a') }], adds: [{ parentId: body, nextId: null, node: moved }] });
    expect(textIn(rootOf(script))).toBe('Page / B A');
  });

  it('changes texts and attributes, and takes attributes away', () => {
    const script = new EventScript().page('/', ['p', { id: 'a', class: 'old', hidden: '' }, 'before']);
    script.mutate({
      texts: [{ id: script.id('a') + 1, value: 'after' }],
      attributes: [{ id: script.id('a'), attributes: { class: 'new', hidden: null } }],
    });
    expect(byId(script, 'a')).toMatchObject({ attrs: { id: 'a', class: 'new' }, children: [{ text: 'after' }] });
  });

  it('patches an inline style by property', () => {
    const script = new EventScript().page('/', ['p', { id: 'a', style: 'color: red; background: url("a;b.png")' }]);
    script.mutate({ attributes: [{ id: script.id('a'), attributes: { style: { color: false, display: ['none', 'important'] } } }] });
    expect(byId(script, 'a')?.attrs['style']).toBe('background: url("a;b.png"); display: none !important;');
  });

  it('keeps the live value of a field when the attribute changes later', () => {
    const script = new EventScript().page('/', ['input', { id: 'a', value: 'x' }]).input('a', 'typed');
    script.mutate({ attributes: [{ id: script.id('a'), attributes: { value: 'default' } }] });
    expect(byId(script, 'a')?.attrs['value']).toBe('typed');
  });

  it('turns off the peers of a radio button in the same form', () => {
    const radio = (id: string, checked: boolean) =>
      ['input', { id, type: 'radio', name: 'r', ...(checked ? { checked: true } : {}) }] as const;
    const script = new EventScript().page('/', ['form', {}, radio('a', true), radio('b', false)], ['form', {}, radio('c', true)]);
    script.input('b', 'on', { isChecked: true });
    expect(['a', 'b', 'c'].filter((name) => 'checked' in byId(script, name)!.attrs)).toEqual(['b', 'c']);
  });

  it('marks the chosen option of a select', () => {
    const script = new EventScript().page('/', [
      'select',
      { id: 's' },
      ['option', { id: 'x', value: '1', selected: true }, 'One'],
      ['option', { id: 'y', value: '2' }, 'Two'],
    ]);
    script.input('s', '2');
    expect([byId(script, 'x')?.attrs['selected'], byId(script, 'y')?.attrs['selected']]).toEqual([undefined, '']);
  });

  it('shares the parts of a page that did not change', () => {
    const script = new EventScript().page('/', ['nav', { id: 'nav' }, ['a', { href: '/' }, 'Home']], ['p', { id: 'p' }, 'x']);
    script.mutate({ texts: [{ id: script.id('p') + 1, value: 'y' }] });
    const { signals, root } = timelineOf(script);
    const before = signals.at(-1)!.root!;
    const nav = (tree: typeof before) => placesOf(tree).find(({ element }) => element.tag === 'nav')!.element;
    expect(root).not.toBe(before);
    expect(nav(root!)).toBe(nav(before));
  });

  it('drops programs, comments and geometry', () => {
    const script = new EventScript().page('/', ['script', {}, 'alert(1)'], ['noscript', {}, 'no'], ['div', { id: 'd', rr_width: '3px' }]);
    expect(textIn(rootOf(script))).toBe('Page /');
    expect(byId(script, 'd')?.attrs).toEqual({ id: 'd' });
  });

  it('passes over unknown nodes and says so', () => {
    const script = new EventScript().page('/', ['p', { id: 'a' }, 'kept']);
    script.mutate({
      removes: [{ parentId: 1, id: 999 }],
      texts: [{ id: 998, value: 'x' }],
      attributes: [{ id: 997, attributes: { a: 'b' } }],
    });
    script.mutate({ adds: [{ parentId: 996, nextId: null, node: { type: 3, id: 1000, textContent: 'lost' } }] });
    const { notices } = timelineOf(script);
    expect(textIn(rootOf(script))).toBe('Page / kept');
    expect(notices.list().map(({ event }) => event)).toEqual([2, 2, 2, 3]);
  });

  it('names frames, shadow trees and canvases instead of losing them silently', () => {
    const script = new EventScript().page('/', ['iframe', {}], ['canvas', {}], ['iframe', {}]);
    expect(timelineOf(script).notices.list()).toMatchObject([
      { reason: expect.stringContaining('frame'), count: 2 },
      { reason: expect.stringContaining('canvas'), count: 1 },
    ]);
  });

  it('leaves out what is nested too deep', () => {
    let spec: readonly [string, Record<string, unknown>, ...never[]] = ['b', {}];
    for (let i = 0; i < 1500; i += 1) spec = ['b', {}, spec as never];
    const script = new EventScript().page('/', spec, ['p', {}, 'kept']);
    expect(textIn(rootOf(script))).toBe('Page / kept');
    expect(timelineOf(script).notices.list()[0]?.reason).toContain('nested deeper');
  });

  it('ignores a full snapshot that repeats the page', () => {
    const script = new EventScript().page('/', ['p', { id: 'a' }, 'x']);
    const again = new EventScript();
    again.events.push(...script.events, { type: 2, data: (script.events[1] as { data: unknown }).data, timestamp: script.at + 10_000 });
    expect(timelineOf(again).signals.filter(({ kind }) => kind === 'load')).toHaveLength(1);
  });
});
