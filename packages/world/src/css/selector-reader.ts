import type { Combinator } from './selector.ts';

const nameStart = /[-_a-zA-Z\u0080-\uffff\\]/;
const namePart = /[-_a-zA-Z0-9\u0080-\uffff]/;

/** A cursor over selector text. `failed` is set by whoever finds that the text is no selector. */
export class SelectorReader {
  readonly text: string;
  at = 0;
  failed = false;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Steps over the text if it comes next. */
  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  /** Reads an identifier with its escapes resolved; empty where none begins here. */
  name(): string {
    if (!nameStart.test(this.text.charAt(this.at))) return '';
    let name = '';
    for (;;) {
      const char = this.text.charAt(this.at);
      if (char === '\\') name += this.escape();
      else if (char !== '' && namePart.test(char)) {
        name += char;
        this.at += 1;
      } else return name;
    }
  }

  requiredName(): string {
    const name = this.name();
    if (name === '') this.failed = true;
    return name;
  }

  /** Resolves the escape at the cursor. */
  escape(): string {
    const hex = /^\\([0-9a-fA-F]{1,6})\s?/.exec(this.text.slice(this.at, this.at + 9));
    if (hex === null) {
      const char = String.fromCodePoint(this.text.codePointAt(this.at + 1) ?? 0xfffd);
      this.at += 1 + char.length;
      return char;
    }
    this.at += hex[0].length;
    const code = Number.parseInt(hex[1] ?? '', 16);
    return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }

  /** Reads a string in the quotes that come next. */
  string(): string {
    const quote = this.text.charAt(this.at);
    this.at += 1;
    let text = '';
    while (!this.done && this.text.charAt(this.at) !== quote) {
      if (this.text.charAt(this.at) === '\\') text += this.text.charAt(this.at + 1) === '\n' ? this.#skipNewline() : this.escape();
      else text += this.text.charAt(this.at++);
    }
    this.at += 1;
    return text;
  }

  #skipNewline(): string {
    this.at += 2;
    return '';
  }

  /** Reads up to the character where it stands outside of brackets and strings, or to the end. */
  until(stop: string): string {
    const start = this.at;
    let depth = 0;
    while (!this.done) {
      const char = this.text.charAt(this.at);
      if (depth === 0 && char === stop) break;
      if (char === '"' || char === "'") this.string();
      else if (char === '\\') this.at += 2;
      else {
        if (char === '(' || char === '[') depth += 1;
        if (char === ')' || char === ']') depth -= 1;
        this.at += 1;
      }
    }
    return this.text.slice(start, this.at);
  }

  /** Reads what joins two compounds; null where nothing does. */
  combinator(): Combinator | null {
    const start = this.at;
    this.skipSpace();
    for (const sign of ['>', '+', '~'] as const) {
      if (!this.take(sign)) continue;
      this.skipSpace();
      return sign;
    }
    return this.at > start ? ' ' : null;
  }
}
