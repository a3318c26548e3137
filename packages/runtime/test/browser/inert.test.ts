import { describe, expect, it } from 'vitest';
import { inertAttributes } from '../../src/browser/inert.ts';

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
  ])('keeps of <%s %j> what does nothing', (tag, attrs, left) => {
    expect(inertAttributes(tag, attrs)).toEqual(left);
  });
});
