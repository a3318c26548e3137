import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { documentsIn } from '../../src/pages/documents.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const story = (name: string): readonly string[] => [
  `${name} keeps seven geese behind the northern orchard`,
  `every winter they wander towards the frozen river again`,
];
const source = (name: string): string => `== About ${name} ==\n\n${story(name)[0]}\n\n  * ${story(name)[1]}\n`;

const frame = (...content: readonly DomElement[]): DomElement =>
  html(el('nav', {}, el('a', { href: '/' }, 'Home of all stories and songs')), el('div.box', { id: 'content' }, ...content));
const shown = (name: string, ...more: readonly DomElement[]): DomElement =>
  frame(el('div.text', {}, el('h1.top', {}, `About ${name}`), el('div.level1', {}, el('p', {}, story(name)[0] ?? '')), ...more));
const list = (name: string): DomElement => el('ul.dots', {}, el('li.level1', {}, story(name)[1] ?? ''));
const editor = (name: string): DomElement =>
  frame(el('div.text', {}, el('form', {}, el('textarea', { value: source(name) }), el('button', {}, 'Save the story'))));

const textOf = (root: DomElement): DomElement => (root.children[1] as DomElement).children[1] as DomElement;
const bodyOf = (root: DomElement): DomElement => textOf(root).children[0] as DomElement;

describe('documentsIn', () => {
  const [geese, goats, ducks] = [
    shown('Mara', list('Mara')),
    shown('Jon', el('hr'), list('Jon')),
    frame(el('div.text', {}, el('h1.top', {}, 'Ducks'), el('p', {}, 'They swim.'))),
  ] as const;
  const edits = [editor('Mara'), editor('Jon')];
  const found = documentsIn([geese, goats, ducks, ...edits].map((root) => viewOf(root)));

  it('finds the element that shows what is edited elsewhere, whatever its markup became', () => {
    expect([geese, goats].map((root) => found.shown.has(bodyOf(root)))).toEqual([true, true]);
  });

  it('takes what stands at that place for documents, whether or not their sources were seen', () => {
    expect(found.alike.has(bodyOf(ducks))).toBe(true);
    expect(found.shown.has(bodyOf(ducks))).toBe(false);
  });

  it('never takes the editor itself for a document', () => {
    expect(edits.some((root) => found.shown.has(bodyOf(root)))).toBe(false);
  });

  it('finds none where only one source is shown, or all in one form', () => {
    const one = documentsIn([geese, edits[0] as DomElement].map((root) => viewOf(root)));
    expect(one.shown.has(bodyOf(geese))).toBe(false);
  });
});
