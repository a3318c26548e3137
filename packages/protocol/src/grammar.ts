import { z } from 'zod';

/** How captured text is spelled in an address, an id or a text; `packages/world/src/markup/spelling.ts` says what each does. */
export const markupSpellings = [
  'raw',
  'encode',
  'encodePath',
  'plus',
  'underscore',
  'hyphen',
  'lower',
  'slug',
  'slugUnderscore',
  'slugKeep',
  'last',
  'capital',
] as const;
export type MarkupSpelling = (typeof markupSpellings)[number];

/**
 * A constant, or what a rule captured: the `target` and the `text` of a link, the `level` of a list item or the number of a note, the `info`
 * of a fence.
 */
export type MarkupPart = string | { readonly of: 'target' | 'text' | 'level' | 'info'; readonly how: MarkupSpelling };

/** An element to make. Attributes are constants or parts in a row. */
export interface MarkupTag {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string | readonly MarkupPart[]>>;
}

/** Elements around a content, outermost first; none leaves the content bare. */
export type MarkupWrap = readonly MarkupTag[];

/**
 * What a line may begin. `interrupts`: also right below a line of a paragraph, else only after a blank line.
 * - `line` text between `open` at the start of the line and `close` at its end; `reach: paragraph` goes on to the next blank line;
 *   `section` holds everything up to the next such line;
 * - `list` items by `mark` (after digits where `numbered`), nested by deeper indentation or by repeating the mark, indented by at least
 *   `least`; `loose` is around the text of items that a blank line parts; `lazy`: which lines without a mark go on with the item;
 * - `quote` lines that begin with `mark`, read again as blocks or as inline text;
 * - `fence` text as it stands between `open` and `close`, lines of their own unless `anywhere`; `info` reads the rest of the first line;
 *   `tail` ends it with a line break;
 * - `indent` lines that begin with `prefix`, as they stand; `across` goes on beyond blank lines;
 * - `rule` a line of nothing but `mark`, at least `least` of them;
 * - `table` cells parted by `sep`; those after `headSep`, or beginning with `headMark`, or above a dashed `divider` are heads.
 */
export type BlockRule = { readonly interrupts: boolean } & (
  | LineRule
  | ListRule
  | QuoteRule
  | FenceRule
  | { readonly block: 'indent'; readonly prefix: string; readonly wrap: MarkupWrap; readonly tail: boolean; readonly across: boolean }
  | { readonly block: 'rule'; readonly mark: string; readonly least: number; readonly wrap: MarkupWrap }
  | TableRule
);

export interface LineRule {
  readonly block: 'line';
  readonly open: string;
  readonly close: string;
  readonly wrap: MarkupWrap;
  readonly reach: 'line' | 'paragraph';
  readonly section?: MarkupTag | undefined;
}

export interface ListRule {
  readonly block: 'list';
  readonly mark: string;
  readonly numbered: boolean;
  readonly gap: boolean;
  readonly nest: 'indent' | 'repeat';
  readonly least: number;
  readonly list: MarkupTag;
  readonly item: MarkupWrap;
  readonly loose?: MarkupTag | undefined;
  readonly lazy: 'none' | 'indented' | 'any';
}

export interface QuoteRule {
  readonly block: 'quote';
  readonly mark: string;
  readonly wrap: MarkupWrap;
  readonly inner: 'blocks' | 'inline';
}

export interface FenceRule {
  readonly block: 'fence';
  readonly open: string;
  readonly close: string;
  readonly wrap: MarkupWrap;
  readonly info: boolean;
  readonly anywhere: boolean;
  readonly tail: boolean;
}

export interface TableRule {
  readonly block: 'table';
  readonly sep: string;
  readonly headSep?: string | undefined;
  readonly headMark?: string | undefined;
  readonly divider: boolean;
  readonly table: MarkupWrap;
  readonly head?: MarkupTag | undefined;
  readonly body?: MarkupTag | undefined;
  readonly row: MarkupTag;
  readonly headCell: MarkupTag;
  readonly cell: MarkupTag;
}

/** What a capture takes: `any` text of a line, an address with a scheme (`bare` in running text), no blanks, letters, and so on. */
export const markupCaptures = ['any', 'url', 'path', 'bare', 'word', 'name', 'digits', 'camel'] as const;
export type MarkupCapture = (typeof markupCaptures)[number];

/**
 * What running text may hold; the first rule that fits a place wins.
 * - `span` between `open` and `close`: `raw` text stays as it is, `flank` wants no blanks inside the marks, `word` no letters outside;
 * - `pattern` literals and captures in a row; `show` says what is inside: the captured text read as inline text, or parts;
 * - `literal` a text that stands for another, or for an element without content;
 * - `escape` a mark that takes the meaning from the sign of punctuation after it.
 */
export type InlineRule =
  | {
      readonly inline: 'span';
      readonly open: string;
      readonly close: string;
      readonly wrap: MarkupWrap;
      readonly raw: boolean;
      readonly flank: boolean;
      readonly word: boolean;
    }
  | {
      readonly inline: 'pattern';
      readonly parts: readonly (string | { readonly take: 'target' | 'text'; readonly kind: MarkupCapture })[];
      readonly word: boolean;
      readonly wrap: MarkupWrap;
      readonly show: 'inline' | readonly MarkupPart[];
    }
  | { readonly inline: 'literal'; readonly text: string; readonly put: string | MarkupTag }
  | { readonly inline: 'escape'; readonly mark: string };

/** A node to make: a text, an element with what is in it, or the place of a content. */
export type MarkupPiece =
  | { readonly text: string | readonly MarkupPart[] }
  | (MarkupTag & { readonly children: readonly MarkupPiece[] })
  | { readonly content: true };

/**
 * Notes that are written where they belong, between `open` and `close`, and shown together at the end. They are numbered from 1 through the
 * document; the `level` of parts is that number.
 */
export interface NoteRule {
  readonly open: string;
  readonly close: string;
  /** What stands in the place of a note. */
  readonly mark: readonly MarkupPiece[];
  /** A note at the end; its content is the text between the marks, read as inline text. */
  readonly item: readonly MarkupPiece[];
  /** What a document with notes ends with; its content is the items. */
  readonly list: readonly MarkupPiece[];
}

/** How a source text that users edit is shown as a page: plain data, read by `renderMarkup` of `packages/world`. */
export interface Grammar {
  /** Elements around everything. */
  readonly root: MarkupWrap;
  readonly blocks: readonly BlockRule[];
  /** Lines that begin nothing else. A line break is a blank, a `br`, or the end of the paragraph; blank lines part paragraphs unless kept. */
  readonly paragraph: { readonly wrap: MarkupWrap; readonly lines: 'join' | 'br' | 'each'; readonly blank: 'split' | 'keep' };
  readonly inlines: readonly InlineRule[];
  /** Tried before the inline rules that begin with no longer a mark. */
  readonly notes?: NoteRule | undefined;
}

const shape = z.strictObject;
const name = z.string().min(1);
const part = z.union([z.string(), shape({ of: z.enum(['target', 'text', 'level', 'info']), how: z.enum(markupSpellings) })]);
const said = z.union([z.string(), z.array(part)]);
const attrs = z.record(z.string(), said);
const tag = shape({ tag: name, attrs });
const wrap = z.array(tag);
const interrupts = z.boolean();

const blockRule = z.discriminatedUnion('block', [
  shape({
    block: z.literal('line'),
    interrupts,
    open: z.string(),
    close: z.string(),
    wrap,
    reach: z.enum(['line', 'paragraph']),
    section: tag.optional(),
  }),
  shape({
    block: z.literal('list'),
    interrupts,
    mark: name,
    numbered: z.boolean(),
    gap: z.boolean(),
    nest: z.enum(['indent', 'repeat']),
    least: z.number().int().min(0),
    list: tag,
    item: wrap,
    loose: tag.optional(),
    lazy: z.enum(['none', 'indented', 'any']),
  }),
  shape({ block: z.literal('quote'), interrupts, mark: name, wrap, inner: z.enum(['blocks', 'inline']) }),
  shape({
    block: z.literal('fence'),
    interrupts,
    open: name,
    close: name,
    wrap,
    info: z.boolean(),
    anywhere: z.boolean(),
    tail: z.boolean(),
  }),
  shape({ block: z.literal('indent'), interrupts, prefix: name, wrap, tail: z.boolean(), across: z.boolean() }),
  shape({ block: z.literal('rule'), interrupts, mark: name, least: z.number().int().min(1), wrap }),
  shape({
    block: z.literal('table'),
    interrupts,
    sep: name,
    headSep: name.optional(),
    headMark: name.optional(),
    divider: z.boolean(),
    table: wrap,
    head: tag.optional(),
    body: tag.optional(),
    row: tag,
    headCell: tag,
    cell: tag,
  }),
]);

const inlineRule = z.discriminatedUnion('inline', [
  shape({ inline: z.literal('span'), open: name, close: name, wrap, raw: z.boolean(), flank: z.boolean(), word: z.boolean() }),
  shape({
    inline: z.literal('pattern'),
    parts: z.array(z.union([z.string(), shape({ take: z.enum(['target', 'text']), kind: z.enum(markupCaptures) })])).min(1),
    word: z.boolean(),
    wrap,
    show: z.union([z.literal('inline'), z.array(part)]),
  }),
  shape({ inline: z.literal('literal'), text: name, put: z.union([z.string(), tag]) }),
  shape({ inline: z.literal('escape'), mark: name }),
]);

const piece: z.ZodType<MarkupPiece> = z.lazy(() => z.union([shape({ text: said }), shape({ tag: name, attrs, children: pieces }), hole]));
const pieces = z.array(piece);
const hole = shape({ content: z.literal(true) });
const noteRule = shape({ open: name, close: name, mark: pieces, item: pieces, list: pieces });

export const grammarSchema: z.ZodType<Grammar> = shape({
  root: wrap,
  blocks: z.array(blockRule),
  paragraph: shape({ wrap, lines: z.enum(['join', 'br', 'each']), blank: z.enum(['split', 'keep']) }),
  inlines: z.array(inlineRule),
  notes: noteRule.optional(),
});
