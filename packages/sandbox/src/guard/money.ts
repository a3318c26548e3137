import type { Row, Value } from '@backlot/protocol';
import type { Change } from '@backlot/reward';

const sign = '(?:[$€£¥₹₩₽₴₺฿]|\\b(?:USD|EUR|GBP|JPY|CHF|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|MXN)\\b)';
const number = "\\d{1,12}(?:[.,\\u00a0 ’']\\d{1,3}){0,6}";
const priced = new RegExp(`${sign}\\s?(${number})|(${number})\\s?${sign}`, 'i');
const namedAmount = /(?:^|[^a-z])(?:total|price|amount|cost|sum|fee)/i;

/** The amount of money that a text names, in its own currency; null where it names none. */
export function amountIn(text: string): number | null {
  const found = priced.exec(text.slice(0, 200));
  return found === null ? null : numberOf((found[1] ?? found[2] ?? '').trim());
}

/** A number with marks for thousands and for decimals: the last mark is the decimal one unless three digits follow it. */
function numberOf(text: string): number {
  const mark = /[.,](\d{1,2})$/.exec(text);
  const whole = (mark === null ? text : text.slice(0, mark.index)).replace(/\D/g, '');
  return Number(`${whole}.${mark?.[1] ?? '0'}`);
}

/**
 * How much more money written records stand for than before: of every added record its largest amount, of every changed one what its
 * amounts grew by at most. A number counts where its column is named like an amount, a text where it names a currency.
 */
export function spendsOf(changes: readonly Change[]): number {
  return changes.reduce((total, change) => total + grownBy(change), 0);
}

function grownBy(change: Change): number {
  if (change.kind === 'inserted') return Math.max(0, ...Object.keys(change.row).map((column) => amountOf(change.row, column) ?? 0));
  if (change.kind !== 'updated') return 0;
  const grown = change.columns.map((column) => (amountOf(change.now, column) ?? 0) - (amountOf(change.was, column) ?? 0));
  return Math.max(0, ...grown);
}

function amountOf(row: Row, column: string): number | null {
  const value: Value | undefined = row[column];
  if (typeof value === 'number') return namedAmount.test(column) ? value : null;
  return typeof value === 'string' ? amountIn(value) : null;
}
