import type { BlockRule, DomElement, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { lineAround, spanOf } from './align.ts';
import type { Placed } from './placed.ts';
import { explainValue } from './explain.ts';
import { ranked, textOfAll, vote } from './model.ts';

interface Code {
  readonly rule: BlockRule;
  readonly info: string;
  readonly chain: readonly DomElement[];
}

/** Rules for text that is shown as it stands. */
export function codeRules(placed: readonly Placed[]): readonly BlockRule[] {
  const kinds = new Map<string, Code[]>();
  for (const each of placed) {
    if (each.element.tag !== 'pre') continue;
    for (const code of readings(each)) vote(kinds, JSON.stringify({ ...code.rule, wrap: code.chain.map(({ tag }) => tag) }), code);
  }
  return ranked(kinds)
    .slice(0, 8)
    .map(([, codes]) => ({ ...(codes[0] as Code).rule, wrap: wrapOf(codes) }) as BlockRule);
}

function wrapOf(codes: readonly Code[]): MarkupWrap {
  return (codes[0] as Code).chain.map(({ tag }, depth): MarkupTag => {
    const seen = codes.map(({ chain, info }) => ({ attrs: (chain[depth] as DomElement).attrs, info }));
    const names = [...new Set(seen.flatMap(({ attrs }) => Object.keys(attrs)))].sort();
    const attrs = names.map((name) => {
      const having = seen.filter(({ attrs: own }) => name in own);
      const recipe = explainValue(having.map((own) => ({ value: own.attrs[name] as string, captured: { info: own.info } })));
      const isSaid = having.length < seen.length && typeof recipe.parts === 'string' && having.every(({ info }) => info !== '');
      return [name, isSaid ? saidBy(recipe.parts as string, (having[0] as { info: string }).info) : recipe.parts] as const;
    });
    return { tag, attrs: Object.fromEntries(attrs) };
  });
}

/** A value that only fences with a word after the mark have: the word with what is around it. */
function saidBy(value: string, info: string): string | (string | { readonly of: 'info'; readonly how: 'raw' })[] {
  const at = value.indexOf(info);
  if (at < 0) return value;
  const parts = [value.slice(0, at), { of: 'info', how: 'raw' } as const, value.slice(at + info.length)];
  return parts.filter((part) => part !== '');
}

function chainOf(pre: DomElement): readonly DomElement[] {
  const [only] = pre.children;
  return pre.children.length === 1 && only !== undefined && 'tag' in only ? [pre, ...chainOf(only)] : [pre];
}

function readings({ pair, element, around }: Placed): readonly Code[] {
  const span = spanOf(pair, element);
  if (span === null) return [];
  const { source } = pair;
  const outer = around.at(-1);
  const chain = [...(outer?.children.length === 1 && outer.tag === 'div' ? [outer] : []), ...chainOf(element)];
  const lineStart = lineAround(source, span[0])[0];
  const prefix = source.slice(lineStart, span[0]);
  const tail = textOfAll(element.children).endsWith('\n');
  if (prefix.trim() !== '')
    return sameLine({ source, span, prefix }).map((rule) => ({ rule: { ...rule, tail } as BlockRule, info: '', chain }));
  const found: Code[] = [];
  const firstSign = textOfAll(element.children).match(/^ */)?.[0].length ?? 0;
  const indent = prefix.slice(0, Math.max(0, prefix.length - firstSign));
  if (indent !== '')
    found.push({
      rule: { block: 'indent', prefix: indent, wrap: [], tail, across: indent.length > 1, interrupts: false },
      info: '',
      chain,
    });
  const fence = fenceAround(source, lineStart, lineAround(source, span[1])[1]);
  if (fence !== null) {
    const { open, close, info } = fence;
    const rule = { block: 'fence', open, close, wrap: [], info: false, anywhere: false, tail, interrupts: true } as const;
    found.push({ rule: { ...rule, info: true }, info, chain });
    if (open !== close && info === '') found.push({ rule: { ...rule, anywhere: true }, info, chain });
  }
  return found;
}

function sameLine(at: {
  readonly source: string;
  readonly span: readonly [number, number];
  readonly prefix: string;
}): readonly BlockRule[] {
  const close = at.source.slice(at.span[1], lineAround(at.source, at.span[1])[1]).trim();
  if (close === '' || close.length > 16) return [];
  const rule = {
    block: 'fence',
    open: at.prefix.trim(),
    close,
    wrap: [],
    info: false,
    anywhere: true,
    tail: false,
    interrupts: true,
  } as const;
  return [rule];
}

function fenceAround(source: string, lineStart: number, lineEnd: number): { open: string; close: string; info: string } | null {
  const before = source
    .slice(0, Math.max(0, lineStart - 1))
    .split('\n')
    .at(-1) as string;
  const close = (source.slice(lineEnd + 1).split('\n')[0] as string).trimEnd();
  const open = /^(?:<[^>]*>|[^\p{L}\p{N}\s]+(?:\p{L}+[^\p{L}\p{N}\s]+)?)/u.exec(before)?.[0];
  if (lineStart === 0 || open === undefined || close === '' || close.length > 16) return null;
  return { open, close, info: before.slice(open.length).trim() };
}
