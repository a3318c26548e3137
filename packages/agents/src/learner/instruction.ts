/** A part of an instruction that names something or gives a value: a quoted text, a number or an address. */
export interface Span {
  readonly text: string;
  /** In lower case, with single spaces. */
  readonly plain: string;
  /** The last words before it, the nearest one last; none of them is quoted. */
  readonly before: readonly string[];
  /** The next word after it; empty where another span or the end follows. */
  readonly after: string;
}

/** An instruction as the learner reads it. */
export interface Instruction {
  readonly spans: readonly Span[];
  /** The words that stand in no span, in lower case. */
  readonly words: readonly string[];
  /** All of it with the spans left open. */
  readonly template: string;
}

const spanPattern = /“([^”]*)”|"([^"]*)"|«([^»]*)»|‘([^’]*)’|(?<![\p{L}\p{N}])(https?:\/\/[^\s,;”"]+|\d+(?:[.,:/-]\d+)*)(?![\p{L}\p{N}])/gu;
const mostSpans = 16;
const wordsBefore = 3;

/** Reads an instruction. Texts in quotes, numbers and addresses are its spans, the first 16 of them. */
export function readInstruction(instruction: string): Instruction {
  const found = [...instruction.matchAll(spanPattern)].slice(0, mostSpans);
  const gaps = found.map((match, i) => instruction.slice(i === 0 ? 0 : endOf(found[i - 1]), match.index));
  const last = instruction.slice(endOf(found.at(-1)));
  const spans = found.map((match, i) => {
    const text = match.slice(1).find((part) => part !== undefined) ?? '';
    const after = wordsOf(gaps[i + 1] ?? last)[0] ?? '';
    return { text, plain: plainOf(text), before: wordsOf(gaps[i] ?? '').slice(-wordsBefore), after };
  });
  const parts = [...gaps, last];
  return { spans, words: [...new Set(parts.flatMap(wordsOf))], template: parts.map((part) => wordsOf(part).join(' ')).join(' _ ') };
}

function endOf(match: RegExpMatchArray | undefined): number {
  return match === undefined ? 0 : (match.index ?? 0) + match[0].length;
}

/** The words of a text, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A text as it is compared: in lower case, with single spaces. */
export function plainOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

const stemLength = 5;

/** True where two words begin alike, as forms of one word do. */
export function areAkin(one: string, other: string): boolean {
  const least = Math.min(one.length, other.length);
  if (least < 3) return one === other;
  const length = Math.min(stemLength, least);
  return one.slice(0, length) === other.slice(0, length);
}
