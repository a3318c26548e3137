/** Told of every element of the arrays that are reached without passing through another array. */
export interface ElementReader {
  /** One whole element as text; `index` counts the elements from 0. */
  element(json: string, index: number): void;
}

/** How the text ended. */
export interface ScanEnd {
  /** True where the outermost value was closed, so nothing is missing. */
  readonly complete: boolean;
  /** Number of whole elements. */
  readonly elements: number;
  /** True where some array was found. */
  readonly found: boolean;
  /** True where the text ended inside an element. */
  readonly cut: boolean;
  /** Set where the text is no JSON from its first byte. */
  readonly notJson?: string;
}

/** Longer elements are passed over, so that one hostile element cannot fill the memory. */
const MAX_ELEMENT = 128 * 1024 * 1024;

const code = { quote: 0x22, backslash: 0x5c, comma: 0x2c, open: 0x7b, close: 0x7d, openArray: 0x5b, closeArray: 0x5d };
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Cuts a JSON text that arrives in pieces into the elements of its arrays: of `[…]` itself, or of the arrays inside the
 * objects around (`{"events": […]}`). It looks at brackets and quotes only, so it needs no memory beyond one element, and
 * what stands before a cut is not lost.
 */
export class JsonArrayScanner {
  readonly #reader: ElementReader;
  /** Open brackets outside of elements. */
  readonly #outer: number[] = [];
  /** Where, in the piece at hand, the element under way begins. */
  #from = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Buffer[] = [];
  #size = 0;
  #index = 0;
  #started = false;
  #found = false;
  #closed = false;
  #notJson: string | undefined;

  constructor(reader: ElementReader) {
    this.#reader = reader;
  }

  /** Takes the next piece of the text. */
  push(piece: Buffer): void {
    this.#from = 0;
    for (let i = 0; i < piece.length && this.#notJson === undefined && !this.#closed; i += 1) {
      if (this.#inString) i = this.#skipString(piece, i);
      else if (!isSpace(piece[i] ?? 0) && (this.#started || this.#start(piece, i))) this.#take(piece, i);
    }
    if (this.#isInArray()) this.#keep(piece, this.#from, piece.length);
  }

  /** To be called after the last piece. */
  end(): ScanEnd {
    const cut = !this.#closed && this.#isInArray() && this.#size > 0 && Buffer.concat(this.#parts).toString().trim() !== '';
    const notJson = this.#notJson === undefined ? {} : { notJson: this.#notJson };
    return { complete: this.#closed, elements: this.#index, found: this.#found, cut, ...notJson };
  }

  /** A byte outside of strings. */
  #take(piece: Buffer, i: number): void {
    const byte = piece[i] ?? 0;
    if (byte === code.quote) this.#inString = true;
    else if (this.#depth > 0) this.#inside(byte);
    else if (!this.#isInArray()) this.#around(byte, i);
    else if (byte === code.comma || byte === code.closeArray) {
      this.#keep(piece, this.#from, i);
      this.#emit();
      this.#from = i + 1;
      if (byte === code.closeArray) this.#leave();
    } else this.#inside(byte);
  }

  #isInArray(): boolean {
    return this.#outer.at(-1) === code.openArray;
  }

  /** Checks the first byte that is no space; false while it may still be a byte order mark. */
  #start(piece: Buffer, i: number): boolean {
    const byte = piece[i] ?? 0;
    if (byte === 0xef || byte === 0xbb || byte === 0xbf) return false;
    this.#started = true;
    if (byte === code.open || byte === code.openArray) return true;
    this.#notJson = `it begins with the bytes ${piece.subarray(i, i + 4).toString('hex')}`;
    return false;
  }

  /** To the closing quote, or to the end of the piece. */
  #skipString(piece: Buffer, start: number): number {
    let i = start;
    while (i < piece.length) {
      if (this.#escaped) {
        this.#escaped = false;
        i += 1;
        continue;
      }
      const quote = piece.indexOf(code.quote, i);
      const end = quote < 0 ? piece.length : quote;
      const backslash = piece.subarray(i, end).indexOf(code.backslash);
      if (backslash >= 0) {
        this.#escaped = true;
        i += backslash + 1;
        continue;
      }
      if (quote >= 0) this.#inString = false;
      return end;
    }
    return i;
  }

  /** A bracket inside of an element. */
  #inside(byte: number): void {
    if (byte === code.open || byte === code.openArray) this.#depth += 1;
    else if (byte === code.close || byte === code.closeArray) this.#depth -= 1;
  }

  /** A byte in the objects around the arrays. */
  #around(byte: number, i: number): void {
    if (byte === code.close) this.#leave();
    if (byte !== code.open && byte !== code.openArray) return;
    this.#outer.push(byte);
    this.#from = i + 1;
    if (byte === code.openArray) this.#found = true;
  }

  #leave(): void {
    this.#outer.pop();
    this.#closed = this.#outer.length === 0;
  }

  #keep(piece: Buffer, from: number, to: number): void {
    if (to <= from) return;
    this.#size += to - from;
    if (this.#size > MAX_ELEMENT) this.#parts = [];
    else this.#parts.push(Buffer.from(piece.subarray(from, to)));
  }

  #emit(): void {
    const tooLong = this.#size > MAX_ELEMENT;
    const text = tooLong ? '' : Buffer.concat(this.#parts).toString().trim();
    this.#parts = [];
    this.#size = 0;
    if (text === '' && !tooLong) return;
    this.#reader.element(text, this.#index);
    this.#index += 1;
  }
}
