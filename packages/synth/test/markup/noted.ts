import { dialects } from './dialects.ts';
import type { Dialect } from './dialects.ts';

/** How notes are written and shown. */
export interface NoteLayout {
  readonly name: string;
  readonly open: string;
  readonly close: string;
  readonly mark: (number: number) => string;
  readonly item: (number: number, html: string) => string;
  readonly list: (items: string) => string;
}

/** Numbers beside the text, items that hold their text in an element of its own. */
export const bracketed: NoteLayout = {
  name: 'double brackets',
  open: '((',
  close: '))',
  mark: (n) => `<sup><a class="fn_top" href="#fn__${n}" id="fnt__${n}">${n})</a></sup>`,
  item: (n, html) =>
    `<div class="fn"><sup><a class="fn_bot" href="#fnt__${n}" id="fn__${n}">${n})</a></sup> <div class="content">${html}</div></div>`,
  list: (items) => `<div class="footnotes">${items}</div>`,
};

/** A numbered list whose items lead back in front of their text. */
export const referenced: NoteLayout = {
  name: 'elements',
  open: '<ref>',
  close: '</ref>',
  mark: (n) => `<sup id="cite-from-${n}" class="reference"><a href="#cite-note-${n}">[${n}]</a></sup>`,
  item: (n, html) => `<li id="cite-note-${n}"><a href="#cite-from-${n}">^</a> <span class="said">${html}</span></li>`,
  list: (items) => `<div class="refs"><ol class="references">${items}</ol></div>`,
};

/** Paragraphs that begin with their number and end with a word that leads back, below a line and a heading. */
export const spelledOut: NoteLayout = {
  name: 'a word',
  open: '[fn: ',
  close: ']',
  mark: (n) => `<a href="#note${n}">*${n}</a>`,
  item: (n, html) => `<p id="note${n}">${n}. ${html} <a href="#top">Back</a></p>`,
  list: (items) => `<hr><div class="notes"><h5>Remarks</h5>${items}</div>`,
};

const place = (number: number): string => String.fromCharCode(0xe000 + number);

/** A dialect in which notes may be written, with its renderer around a reading of notes that shares nothing with ours. */
export function withNotes(dialect: Dialect, { open, close, mark, item, list, name }: NoteLayout): Dialect {
  const [strong] = dialect.inline;
  const note = (words: string): string => `${open}${words}${close}`;
  const literal = (text: string): string => text.replace(/[^\w\s]/g, '\\$&');
  const parts = (source: string): readonly string[] => source.split(new RegExp(`(${literal(open)}.+?${literal(close)})`, 's'));
  return {
    name: `${dialect.name} with notes by ${name}`,
    inline: [...dialect.inline, (words) => note(`${words} of it`), (words, other) => note(`Of ${strong!(words, other)}, ${other}.`)],
    blocks: dialect.blocks,
    render: (source) => {
      const notes: string[] = [];
      const body = parts(source).map((part, i) => (i % 2 === 0 ? part : place(notes.push(part.slice(open.length, -close.length)))));
      const html = dialect.render(body.join('')).replace(/[\ue000-\uf000]/g, (sign) => mark(sign.charCodeAt(0) - 0xe000));
      const said = notes.map((text, i) =>
        item(
          i + 1,
          dialect
            .render(text.trim())
            .trim()
            .replace(/^<p>|<\/p>$/g, ''),
        ),
      );
      return said.length === 0 ? html : `${html}${list(said.join(''))}`;
    },
  };
}

const [markdown, wiki, doku] = dialects as readonly [Dialect, Dialect, Dialect];

/** Dialects with notes, each of another layout. */
export const noted = {
  bracketed: withNotes(doku, bracketed),
  referenced: withNotes(wiki, referenced),
  spelledOut: withNotes(markdown, spelledOut),
};
