import { asRead } from './as-read.ts';

/** Finds data in a text. */
export type Detector = (text: string) => boolean;

/** Longest text that is looked through, in characters; what is longer counts as suspicious where patterns are asked for. */
const longest = 1_000_000;

/**
 * Credentials by the form that their issuers give them. Every pattern is anchored at a literal or bounded, so that none takes more
 * than linear time.
 */
export const credentials: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,255}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,255}/,
  /\bglpat-[\w-]{20,64}/,
  /\bxox[abeprs]-[\w-]{10,255}/,
  /\bsk-[\w-]{20,255}/,
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}/,
  /\bAIza[\w-]{35}/,
  /\beyJ[\w-]{10,4000}\.eyJ[\w-]{10,4000}\./,
  /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----/,
];

const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;
const cardLike = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g;
const ibanLike = /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b/g;
const phone = /(?<![\w.])\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){1,4}(?!\w)/;

/** A text as it is read, and as it is read where it stands in an address or a form. */
const asSent = (text: string): readonly string[] =>
  text.includes('%') ? [asRead(text), asRead(percentDecoded(text.replaceAll('+', ' ')))] : [asRead(text)];

/** Finds credentials by their form. */
export const looksSecret: Detector = (text) => text.length > longest || asSent(text).some(hasCredential);

const hasCredential: Detector = (text) => credentials.some((pattern) => pattern.test(text));

/** Finds e-mail addresses, telephone numbers with a country code, payment cards and IBANs (both by their check digits). */
export const looksPersonal: Detector = (text) => text.length > longest || asSent(text).some(hasPersonal);

const hasPersonal: Detector = (text) =>
  email.test(text) || phone.test(text) || (text.match(cardLike) ?? []).some(isCard) || (text.match(ibanLike) ?? []).some(isIban);

/** ISO/IEC 7812: the Luhn sum. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (/^(\d)\1*$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: the remainder by 97. */
function isIban(text: string): boolean {
  const plain = text.replace(/ /g, '');
  const digits = [...(plain.slice(4) + plain.slice(0, 4))].map((sign) => parseInt(sign, 36)).join('');
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** A text without what only parts its letters and digits. */
export const letters = (text: string): string =>
  asRead(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Finds known texts, however they are spelt: in another case, with other signs between their letters, backwards, turned by 13 letters,
 * percent-encoded, as escapes of HTML and JavaScript, in base64 or in hexadecimal, and up to three of these in one another.
 */
export function knownTexts(texts: readonly string[]): Detector {
  const plain = texts.map(letters).filter((text) => text.length >= 4);
  const needles = [...new Set(plain.flatMap((text) => [text, [...text].toReversed().join(''), turned(text)]))];
  const literal = texts.filter((text) => letters(text).length < 4);
  if (texts.length === 0) return () => false;
  return (text) => {
    if (literal.some((known) => text.includes(known))) return true;
    return readings(text).some((reading) => {
      const signs = letters(reading);
      return needles.some((needle) => signs.includes(needle));
    });
  };
}

/** Latin letters moved by half their number (ROT13). */
function turned(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
}

/** How often what was decoded is decoded once more. */
const deepest = 3;
/** How many readings of one text are looked through. */
const mostReadings = 200;
const isText = /^[^\0-\x08\x0e-\x1f\ufffd]+$/;

/** A text as it stands, and what it says when it is decoded, once or several times. */
function readings(text: string): readonly string[] {
  const all = new Set([text]);
  let latest: readonly string[] = [text];
  for (let depth = 0; depth < deepest && latest.length > 0 && all.size < mostReadings; depth++) {
    const next = latest.flatMap(decodings).filter((reading) => reading !== '' && !all.has(reading));
    for (const reading of next) all.add(reading);
    // What decodes to no text was not encoded: any word looks like base64.
    latest = next.filter((reading) => isText.test(reading));
  }
  return [...all];
}

/** What a text says when it is decoded once, in each way. */
function decodings(text: string): readonly string[] {
  const found: string[] = [];
  if (text.includes('%')) found.push(percentDecoded(text));
  if (/&#|\\[ux]/.test(text)) found.push(unescaped(text));
  for (const token of text.slice(0, longest).match(/[A-Za-z0-9+/_-]{6,}/g) ?? []) {
    found.push(Buffer.from(token.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('utf8'));
    if (token.length % 2 === 0 && /^[0-9a-f]+$/i.test(token)) found.push(Buffer.from(token, 'hex').toString('utf8'));
  }
  return found;
}

/** Reads the numeric escapes of HTML and JavaScript. */
function unescaped(text: string): string {
  return text.replace(
    /&#(\d{1,7});?|&#x([\da-f]{1,6});?|\\u\{([\da-f]{1,6})\}|\\u([\da-f]{4})|\\x([\da-f]{2})/gi,
    (_all, decimal: string | undefined, ...hex: readonly (string | undefined)[]) => {
      const code = decimal === undefined ? parseInt(hex.find((digits) => digits !== undefined) ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

/** Decodes what can be decoded and leaves the rest. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
