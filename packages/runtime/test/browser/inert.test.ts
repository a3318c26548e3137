import { describe, expect, it } from 'vitest';
import { inertAttributes, type TakenNames } from '../../src/browser/inert.ts';

const taken: TakenNames = { ofDocuments: (name) => name === 'querySelector', ofForms: (name) => name === 'firstChild' };

describe('inertAttributes', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['a', { href: '/x', onclick: 'y()', ONFOCUS: 'z()' }, { href: '/x' }],
    ['script', { src: '/x.js', type: 'module', id: 's' }, { type: 'text/plain', id: 's' }],
    ['style', { media: 'all' }, { type: 'text/plain' }],
    ['iframe', { src: '/x', srcdoc: '<b>', title: 'T' }, { title: 'T' }],
    ['link', { rel: 'stylesheet', href: '/x.css' }, { rel: 'stylesheet' }],
    ['link', { rel: 'shortcut icon', href: '/x.ico' }, { rel: 'shortcut icon', href: '/x.ico' }],
    ['meta', { 'http-equiv': 'refresh', content: '0' }, { content: '0' }],
    ['input', { autofocus: '', name: 'q' }, { name: 'q' }],
    ['object', { data: '/x.pdf' }, {}],
    ['base', { href: '/x/' }, {}],
    ['constructor', { id: 'x' }, { id: 'x' }],
    ['img', { name: 'querySelector', id: 'i' }, { id: 'i' }],
    ['object', { name: 'cover', id: 'querySelector' }, { name: 'cover' }],
    ['form', { name: 'querySelector', id: 'querySelector' }, { id: 'querySelector' }],
    ['input', { name: 'querySelector', id: 'title' }, { name: 'querySelector', id: 'title' }],
    ['select', { NAME: 'firstChild', id: 'firstChild', class: 'c' }, { class: 'c' }],
  ])('keeps of <%s %j> what does nothing', (tag, attrs, left) => {
    expect(inertAttributes(tag, attrs, taken)).toEqual(left);
  });
});
