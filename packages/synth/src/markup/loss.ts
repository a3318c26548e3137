import type { DomNode, Grammar } from '@backlot/protocol';
import { renderMarkup } from '@backlot/world';
import type { MarkupPair } from './model.ts';

/** A rendered page as a row of tokens: tags, attributes, words, blanks at the edge of texts, ends. */
function tokens(nodes: readonly DomNode[], numbers: Map<string, number>): readonly number[] {
  const out: number[] = [];
  const number = (token: string): number => {
    const known = numbers.get(token) ?? numbers.size;
    numbers.set(token, known);
    return known;
  };
  const visit = (node: DomNode, isKept: boolean): void => {
    if ('text' in node) {
      for (const word of node.text.split(isKept ? /(?<=\n)/ : /(?= )/)) out.push(number(`"${word}`));
      return;
    }
    out.push(number(`<${node.tag}`));
    for (const name of Object.keys(node.attrs).sort()) out.push(number(`${name}=${node.attrs[name]}`));
    for (const child of node.children) visit(child, isKept || node.tag === 'pre');
    out.push(number(`/${node.tag}`));
  };
  for (const node of nodes) visit(node, false);
  return out;
}

/** Pages of more tokens are compared by what they hold, not by its order. */
const longest = 1500;

/** Tokens to add and to take away to make one row of the other. */
function distance(a: readonly number[], b: readonly number[]): number {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [x, y] = [a.slice(from, endA), b.slice(from, endB)];
  if (x.length === 0 || y.length === 0) return x.length + y.length;
  return x.length + y.length - 2 * (x.length * y.length > longest * longest ? inCommon(x, y) : longestCommon(x, y));
}

function inCommon(x: readonly number[], y: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const token of x) counts.set(token, (counts.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of y) {
    const left = counts.get(token) ?? 0;
    if (left > 0) common += 1;
    counts.set(token, left - 1);
  }
  return common;
}

function longestCommon(x: readonly number[], y: readonly number[]): number {
  let row = new Uint16Array(y.length + 1);
  let next = new Uint16Array(y.length + 1);
  for (const token of x) {
    for (let j = 0; j < y.length; j += 1) {
      next[j + 1] = token === y[j] ? (row[j] as number) + 1 : Math.max(row[j + 1] as number, next[j] as number);
    }
    [row, next] = [next, row];
  }
  return row[y.length] as number;
}

/** What one page that is not exact costs beside its tokens. */
const inexact = 2;

/** Measures how far grammars are from what the application showed. */
export class Scorer {
  readonly #numbers = new Map<string, number>();
  readonly #pieces: readonly MarkupPair[];
  readonly #wanted: readonly (readonly number[])[];
  #losses: readonly number[] = [];
  grammar: Grammar;
  loss = 0;

  constructor(pieces: readonly MarkupPair[], grammar: Grammar) {
    this.#pieces = pieces;
    this.#wanted = pieces.map(({ rendered }) => tokens(rendered, this.#numbers));
    this.grammar = grammar;
    this.reset(grammar);
  }

  /** Takes a grammar as the one to better. */
  reset(grammar: Grammar): void {
    this.grammar = grammar;
    this.#losses = this.#pieces.map((_, i) => this.#lossOf(grammar, i));
    this.loss = sum(this.#losses);
  }

  #lossOf(grammar: Grammar, i: number): number {
    const made = tokens(renderMarkup(grammar, (this.#pieces[i] as MarkupPair).source), this.#numbers);
    const apart = distance(made, this.#wanted[i] as readonly number[]);
    return apart === 0 ? 0 : apart + inexact;
  }

  /** Takes another grammar if it gains more than it costs; `touches` a text that every piece holds which it can change. */
  consider(grammar: Grammar, { cost = 0, touches = '' }: { readonly cost?: number; readonly touches?: string } = {}): boolean {
    const losses = this.#pieces.map(({ source }, i) => (source.includes(touches) ? this.#lossOf(grammar, i) : (this.#losses[i] as number)));
    const loss = sum(losses);
    if (loss + cost >= this.loss) return false;
    this.grammar = grammar;
    this.#losses = losses;
    this.loss = loss;
    return true;
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
