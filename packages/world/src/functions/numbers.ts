import type { Fn } from './values.ts';
import { finite, number2, text1, toNumber, toText } from './values.ts';

/** Most decimals that a number is written with. */
const mostDecimals = 20;
const decimalsOf = (n: number): number => Math.min(Math.max(Math.trunc(n), 0), mostDecimals);

/** Rounds the way people do: half away from zero, on the decimal digits and not on their binary neighbours. */
function round(n: number, decimals: number): number {
  const shifted = Number(`${Math.abs(n)}e${decimals}`);
  if (!Number.isFinite(shifted)) return Number(n.toFixed(decimals));
  const rounded = Number(`${Math.floor(shifted + 0.5)}e-${decimals}`);
  if (!Number.isFinite(rounded)) return n;
  return n < 0 && rounded !== 0 ? -rounded : rounded;
}

/** The first number in a text, whatever stands around it: `$1,234.50`, `1.234,50 EUR`, `(3)`, `−2 %`. */
function amount(t: string): number {
  const found = /([-−])?[^\d\s-]{0,3}\s?(\d[\d.,]*(?:[ '\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?)/.exec(t);
  if (!found?.[2]) return 0;
  const digits = found[2].replace(/[ '\u00a0\u202f]/g, '').replace(/[.,]+$/, '');
  // A comma is a decimal point where it stands last and groups nothing.
  const comma = /^[\d.]*,\d{1,2}$/.test(digits) || /^\d{1,3}(\.\d{3})+,\d+$/.test(digits);
  const grouped = /^\d{1,3}(\.\d{3}){2,}$/.test(digits);
  const plain = comma ? digits.replaceAll('.', '').replace(',', '.') : (grouped ? digits.replaceAll('.', '') : digits).replaceAll(',', '');
  return toNumber(plain) * (found[1] === undefined || toNumber(plain) === 0 ? 1 : -1);
}

/** Fixed decimals with a separator of thousands; a point that separates thousands makes the decimals stand after a comma. */
function fixed(n: number, decimals: number, group: string): string {
  const text = round(n, decimals).toFixed(decimals);
  if (group === '' || text.includes('e')) return text;
  const [whole = '', part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, () => group);
  return part === undefined ? grouped : `${grouped}${group === '.' ? ',' : '.'}${part}`;
}

/** Functions that calculate, read and write numbers. Division by zero gives 0. */
export const numberFunctions: Readonly<Record<string, Fn>> = {
  div: number2((a, b) => (b === 0 ? 0 : a / b)),
  mod: number2((a, b) => (b === 0 ? 0 : a % b)),
  min: number2((a, b) => Math.min(a, b)),
  max: number2((a, b) => Math.max(a, b)),
  round: (a, decimals) => finite(round(toNumber(a), decimalsOf(toNumber(decimals)))),
  floor: (a) => Math.floor(toNumber(a)),
  ceil: (a) => Math.ceil(toNumber(a)),
  amount: text1(amount),
  fixed: (a, decimals, group) => fixed(toNumber(a), decimalsOf(toNumber(decimals)), toText(group)),
};
