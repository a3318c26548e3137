/** A value as it can stand in a call. */
export type Literal = string | number | boolean | null | readonly Literal[];

/** A function's name with its arguments. */
export interface Call {
  readonly name: string;
  readonly args: readonly Literal[];
  readonly named: Readonly<Record<string, Literal>>;
}

/** The text is no series of plain calls. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

const mostCalls = 20;

/**
 * Reads calls with plain arguments, written as Python writes them, one after the other: `fill('a1', "Tea", True)`. Texts, numbers, truths,
 * None and lists of these are understood; anything else (names, operators, calls in calls) is an error, so there is nothing to execute.
 * @throws CallError where the text is something else
 */
export function readCalls(text: string): readonly Call[] {
  const reader = new Reader(text);
  const calls: Call[] = [];
  for (reader.space(); !reader.isAtEnd(); reader.space()) {
    if (calls.length === mostCalls) throw new CallError(`There are more than ${mostCalls} calls.`);
    calls.push(readCall(reader));
    reader.skip(';');
  }
  return calls;
}

function readCall(reader: Reader): Call {
  const name = reader.take(/[A-Za-z_]\w*/y) ?? reader.fail('a function’s name');
  const args: Literal[] = [];
  const named: Record<string, Literal> = {};
  reader.need('(');
  while (!reader.skip(')')) {
    const key = reader.take(/[A-Za-z_]\w*(?=\s*=)/y);
    if (key !== null) {
      reader.need('=');
      named[key] = readLiteral(reader);
    } else args.push(readLiteral(reader));
    if (!reader.skip(',')) {
      reader.need(')');
      break;
    }
  }
  return { name, args, named };
}

const constants: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };

function readLiteral(reader: Reader): Literal {
  const quote = reader.take(/[rR]?(?:'''|"""|'|")/y);
  if (quote !== null) return reader.text(quote);
  const number = reader.take(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\w)/y);
  if (number !== null) return Number(number);
  const word = reader.take(/(?:True|False|None)\b/y);
  if (word !== null) return constants[word] as Literal;
  const close = reader.skip('[') ? ']' : reader.skip('(') ? ')' : null;
  if (close === null) return reader.fail('a text, a number, True, False, None or a list of these');
  const items: Literal[] = [];
  while (!reader.skip(close)) {
    items.push(readLiteral(reader));
    if (!reader.skip(',')) {
      reader.need(close);
      break;
    }
  }
  return items;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', '0': '\0', '\n': '' };

/** A place in a text that moves on. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Leaves white space and comments behind. */
  space(): void {
    this.#match(/(?:\s+|#[^\n]*)*/y);
  }

  take(pattern: RegExp): string | null {
    this.space();
    return this.#match(pattern);
  }

  skip(text: string): boolean {
    this.space();
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  need(text: string): void {
    if (!this.skip(text)) this.fail(JSON.stringify(text));
  }

  fail(wanted: string): never {
    const found = this.isAtEnd() ? 'the end' : JSON.stringify(this.#text.slice(this.#at, this.#at + 20));
    throw new CallError(`At character ${this.#at + 1} stands ${found}, where ${wanted} is needed.`);
  }

  /** The rest of a text whose opening quote was taken. */
  text(opening: string): string {
    const isRaw = /^r/i.test(opening);
    const quote = isRaw ? opening.slice(1) : opening;
    let out = '';
    while (!this.#text.startsWith(quote, this.#at)) {
      if (this.isAtEnd() || (quote.length === 1 && this.#text[this.#at] === '\n')) this.fail(`the closing ${quote}`);
      out += this.#text[this.#at] === '\\' ? this.#escaped(isRaw) : this.#match(/[^\\]/suy);
    }
    this.#at += quote.length;
    return out;
  }

  #escaped(isRaw: boolean): string {
    const [whole, hex, u4, u8, char] = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/y.exec(this.#rest()) ?? [];
    if (whole === undefined) return this.fail('something behind the backslash');
    const at = this.#at;
    this.#at += whole.length;
    if (isRaw) return whole;
    const code = hex ?? u4 ?? u8;
    if (code === undefined) return escapes[char ?? ''] ?? (/['"\\]/.test(char ?? '') ? (char ?? '') : whole);
    const point = Number.parseInt(code, 16);
    if (point <= 0x10ffff) return String.fromCodePoint(point);
    this.#at = at;
    return this.fail('a character that there is');
  }

  #rest(): string {
    return this.#text.slice(this.#at, this.#at + 10);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at += found[0].length;
    return found[0];
  }
}
