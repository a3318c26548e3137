import { credentials } from '../policy/detect.ts';

/** Writes a text without its secrets. */
export type Mask = (text: string) => string;

/** What stands for a credential that was only known by its form. */
const credentialMark = '«credential»';

/** Credentials with all that belongs to them: what comes after a pattern's match is no less secret. */
const whole = credentials.map(({ source, flags }) =>
  source.includes('PRIVATE KEY')
    ? new RegExp(`${source}[^]{0,20000}?(?:-----END[A-Z ]{1,40}-----|$)`, 'g')
    : new RegExp(`${source}[\\w-]{0,4000}`, `g${flags}`),
);

/** The mask of everything: nothing is a secret. */
export const noMask: Mask = (text) => text;

/**
 * A mask that puts `«secret 1»` and so on in the place of known secrets, in any case, percent-encoded, in base64 and in hexadecimal, and
 * `«credential»` in that of what looks like one. A secret in pieces, or with other signs between its own, stays.
 */
export function secretMask(secrets: readonly string[]): Mask {
  const marks = secrets.map((secret, i) => ({
    pattern: new RegExp(spellings(secret).map(literal).join('|'), 'gi'),
    mark: `«secret ${i + 1}»`,
  }));
  return (text) => {
    const known = marks.reduce((masked, { pattern, mark }) => masked.replace(pattern, mark), text);
    return whole.reduce((masked, pattern) => masked.replace(pattern, credentialMark), known);
  };
}

/** How a secret is written, the longest first. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const all = [secret, encodeURIComponent(secret), percent, base64, bytes.toString('base64url'), bytes.toString('hex')];
  const written = [...all, encodeURIComponent(secret).replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];
  return [...new Set(written)].toSorted((a, b) => b.length - a.length);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Fields that hold words of a format: no page, agent or policy writes them. */
const formatWords: ReadonlySet<string> = new Set('certainty ending engine kind mode type verb'.split(' '));

/** The same value with every text in it masked that pages, agents or policies wrote; `keep` names further fields that they do not write. */
export function masked<T>(value: T, mask: Mask, keep: ReadonlySet<string> = new Set()): T {
  if (mask === noMask) return value;
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, mask, keep)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    const isKept = typeof item === 'string' && (formatWords.has(key) || keep.has(key));
    return [key, isKept ? item : masked(item as unknown, mask, keep)];
  });
  return Object.fromEntries(entries) as T;
}
