import type { DomElement } from '@backlot/protocol';
import { contentsOf, furnish, unfurnish } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { contentsIn } from '../../src/furniture/find-contents.ts';
import { learnFurniture } from '../../src/furniture/learn.ts';
import type { View } from '../../src/views.ts';
import { parseHtml } from '../markup/html.ts';

type Section = readonly [level: number, title: string, id: string];

const tools = (page: string, [, title, id]: Section, number: number): string =>
  `<div class="tools tools-${number}"><form><input name="page" type="hidden" value="${page}"/>` +
  `<input name="part" type="hidden" value="${id}"/><button title="${title}">Change</button></form></div>`;

const list = (sections: readonly Section[]): string => {
  const [first, ...rest] = sections;
  const item = ([, title, id]: Section, below: string): string => `<li><a href="#${id}">${title}</a>${below}</li>`;
  const below = rest.length > 0 ? `<ul class="toc">${rest.map((one) => item(one, '')).join('')}</ul>` : '';
  return `<div class="box"><b>Contents</b><ul class="toc">${item(first as Section, below)}</ul></div>`;
};

interface Page {
  readonly name: string;
  readonly sections: readonly Section[];
  readonly isRead?: boolean;
}

function documentOf({ name, sections, isRead = false }: Page): DomElement {
  const parts = sections.map(
    (section, i) =>
      `<h${section[0]} class="part${i + 1}" id="${section[2]}">${section[1]}</h${section[0]}><p>About ${section[1]}.</p>${isRead ? '' : tools(name, section, i + 1)}`,
  );
  return { tag: 'div', attrs: {}, children: parseHtml(`${sections.length > 2 ? list(sections) : ''}${parts.join('')}`) };
}

const pages: readonly Page[] = [
  {
    name: 'bread',
    sections: [
      [1, 'Rye bread', 'rye_bread'],
      [2, 'Flour', 'flour'],
      [2, 'Notes', 'notes'],
    ],
  },
  {
    name: 'soup',
    sections: [
      [1, 'Leek soup', 'leek_soup'],
      [2, 'Notes', 'notes'],
      [2, 'Stock', 'stock'],
      [2, 'Notes', 'notes1'],
    ],
  },
  {
    name: 'tea',
    sections: [
      [1, 'Mint tea', 'mint_tea'],
      [2, 'Leaves', 'leaves'],
    ],
  },
  {
    name: 'cake',
    sections: [
      [1, 'Plum cake', 'plum_cake'],
      [2, 'Plums', 'plums'],
      [2, 'Dough', 'dough'],
    ],
    isRead: true,
  },
];
const learnedFrom = (some: readonly Page[]) =>
  learnFurniture(new Map(some.map((page) => [documentOf(page), { url: `/wiki?page=${page.name}` } as View])));

describe('learnFurniture', () => {
  const learned = learnedFrom(pages);
  const unseen: Page = {
    name: 'jam',
    sections: [
      [1, 'Fig jam', 'fig_jam'],
      [2, 'Figs', 'figs'],
      [2, 'Sugar', 'sugar'],
      [2, 'Figs', 'figs1'],
      [2, 'Lemon', 'lemon'],
    ],
  };
  const shown = documentOf(unseen);
  const found = contentsIn(shown);
  const nodes = shown.children.filter((child) => child !== found?.part);

  it('sets out a document never seen as the application would', () => {
    const { furniture } = learned!;
    expect(furnish(unfurnish(nodes, furniture), furniture, { isFurnished: true, name: 'jam' })).toEqual(nodes);
  });

  it('lists the headings of a document never seen, from as many on as the application does', () => {
    const { contents, least } = learned!.contents!;
    expect(contentsOf(unfurnish(nodes, learned!.furniture), contents)).toEqual(found?.list.children);
    expect(least).toBe(3);
  });

  it('knows which parameter names the document', () => {
    expect(learned!.naming).toMatchObject({ param: 'page' });
  });

  it('finds nothing in documents that only hold what was written', () => {
    const plain = (name: string): readonly [DomElement, View] => [
      { tag: 'div', attrs: {}, children: parseHtml(`<h1>${name}</h1><p>About ${name}.</p>`) },
      { url: `/${name}` } as View,
    ];
    expect(learnFurniture(new Map(['ale', 'bun', 'cod'].map(plain)))).toBeNull();
  });
});
