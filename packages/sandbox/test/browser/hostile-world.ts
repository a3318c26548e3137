import type { Template, World } from '@backlot/protocol';
import { listWorld } from '../../../world/fixtures/list-world.ts';

type ElementTemplate = Extract<Template, { el: string }>;

const el = (tag: string, attrs: Record<string, string>, ...kids: Template[]): Omit<ElementTemplate, 'anchor'> => ({ el: tag, attrs, kids });
const text = (content: string): Template => ({ text: content });

/** In the head: what would load, refresh or lead all addresses elsewhere. */
const headKids = (out: string): Omit<ElementTemplate, 'anchor'>[] => [
  el('base', { href: out }),
  el('meta', { 'http-equiv': 'refresh', content: `0;url=${out}refresh` }),
  el('meta', { 'HTTP-EQUIV': 'refresh', content: `0;url=${out}refresh-upper` }),
  el('script', { src: `${out}script` }),
  el('script', {}, text(`fetch('${out}inline')`)),
  el('style', {}, text(`@import url(${out}import-style);`)),
  ...['stylesheet', 'preload', 'prefetch', 'preconnect', 'dns-prefetch', 'icon', 'manifest', 'modulepreload'].map((rel) =>
    el('link', { rel, href: `${out}${rel}`, as: 'image' }),
  ),
];

/** In the body: what would load by itself, and what would leave when it is used. */
const bodyKids = (out: string): Omit<ElementTemplate, 'anchor'>[] => [
  el('img', { src: `${out}img`, srcset: `${out}srcset 2x`, onerror: `fetch('${out}onerror')`, alt: 'Picture' }),
  el('video', { src: `${out}video`, poster: `${out}poster`, autoplay: '' }),
  el('audio', { src: `${out}audio`, autoplay: '' }),
  el('iframe', { src: `${out}iframe` }),
  el('iframe', { srcdoc: `<img src="${out}srcdoc">` }),
  el('object', { data: `${out}object` }),
  el('embed', { src: `${out}embed` }),
  el('input', { type: 'image', src: `${out}input`, alt: 'Shot' }),
  el('p', { style: `background: url(${out}inline-style)`, onclick: `fetch('${out}onclick')` }, text('Painted')),
  el('a', { href: `javascript:fetch('${out}script-link')` }, text('Run')),
  el('a', { href: `${out}link`, ping: `${out}ping` }, text('Leave')),
  el('a', { href: `${out}window`, target: '_blank' }, text('Open window')),
  el(
    'form',
    { action: `${out}form`, method: 'post' },
    anchored(el('button', { type: 'submit', formaction: `${out}formaction` }, text('Send')), 'h-send'),
  ),
];

function anchored(element: Omit<ElementTemplate, 'anchor'>, anchor: string): ElementTemplate {
  return { ...element, anchor };
}

function withMore(template: Template | undefined, more: readonly Omit<ElementTemplate, 'anchor'>[]): ElementTemplate {
  const element = template as ElementTemplate;
  return { ...element, kids: [...element.kids, ...more.map((kid, i) => anchored(kid, `h-${element.el}-${i}`))] };
}

/** The list world, learned as if from an application that was out to reach an address: in its pages, styles and rules. */
export function hostileWorld(out: string): World {
  const [list, ...others] = listWorld.pages;
  const html = list?.template as ElementTemplate;
  const [head, body] = html.kids;
  const template = { ...html, kids: [withMore(head, headKids(out)), withMore(body, bodyKids(out))] };
  return {
    ...listWorld,
    pages: [{ ...(list as World['pages'][number]), template }, ...others],
    rules: listWorld.rules.map((rule) => (rule.id === 'toggle' ? { ...rule, then: { go: { lit: `${out}rule` } } } : rule)),
    css: [
      `@import url(${out}import); @font-face { font-family: far; src: url(${out}font) } body { font-family: far; cursor: url(${out}cursor), auto }`,
      `h1 { background: url(${out}background) } li::before { content: url(${out}content) } button:hover { background: url(${out}hover) }`,
    ],
  };
}
