import type { Fn } from './values.ts';
import { toText } from './values.ts';

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const clock = String.raw`(?:(?:,|\s|T|at)*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\.\d+)?\s*(?<half>[ap]m)?)?`;
const shape = (day: string): RegExp => new RegExp(String.raw`^\s*(?:[a-z]{3,9},?\s+)?${day}${clock}\s*(?:Z|[+-]\d\d:?\d\d)?\s*$`, 'i');
const year = String.raw`(?<year>\d{4})`;
const word = String.raw`(?<word>[a-z]{3,9})\.?`;

const shapes = [
  shape(String.raw`${year}[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`),
  shape(String.raw`${word}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+${year}`),
  shape(String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+${word},?[\s-]+${year}`),
  shape(String.raw`(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?${year}`),
];
const monthFirst = shape(String.raw`(?<month>\d{1,2})[/-](?<day>\d{1,2})[/-]${year}`);
const dayFirst = shape(String.raw`(?<day>\d{1,2})[/-](?<month>\d{1,2})[/-]${year}`);

const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const daysIn = (y: number, m: number): number => (m === 2 ? (isLeap(y) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31);

function monthOf(name: string): number {
  const at = months.findIndex((month) => month.toLowerCase() === name || month.slice(0, 3).toLowerCase() === name);
  return name === 'sept' ? 9 : at + 1;
}

function hourOf(hour: number, half: string | undefined): number {
  return half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function read(t: string, order: string): Moment | null {
  const found = [...shapes, order === 'dmy' ? dayFirst : monthFirst].map((each) => each.exec(t)?.groups).find((groups) => groups);
  if (!found) return null;
  const month = found['word'] === undefined ? Number(found['month']) : monthOf(found['word'].toLowerCase());
  const moment = {
    year: Number(found['year']),
    month,
    day: Number(found['day']),
    hour: hourOf(Number(found['hour'] ?? 0), found['half']),
    minute: Number(found['minute'] ?? 0),
    second: Number(found['second'] ?? 0),
  };
  const isDay = month >= 1 && month <= 12 && moment.day >= 1 && moment.day <= daysIn(moment.year, month);
  return isDay && moment.hour < 24 && moment.minute < 60 && moment.second < 60 ? moment : null;
}

/** Day of the week, 0 for Sunday (Sakamoto). */
function weekday({ year: y, month, day }: Moment): number {
  const shifted = month < 3 ? y - 1 : y;
  const offset = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0;
  const sum = shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + offset + day;
  return ((sum % 7) + 7) % 7;
}

const two = (n: number): string => String(n).padStart(2, '0');

const marks: Readonly<Record<string, (moment: Moment) => string>> = {
  yyyy: (m) => String(m.year).padStart(4, '0'),
  yy: (m) => two(m.year % 100),
  MMMM: (m) => months[m.month - 1] ?? '',
  MMM: (m) => (months[m.month - 1] ?? '').slice(0, 3),
  MM: (m) => two(m.month),
  M: (m) => String(m.month),
  dd: (m) => two(m.day),
  d: (m) => String(m.day),
  EEEE: (m) => weekdays[weekday(m)] ?? '',
  EEE: (m) => (weekdays[weekday(m)] ?? '').slice(0, 3),
  HH: (m) => two(m.hour),
  H: (m) => String(m.hour),
  hh: (m) => two(m.hour % 12 || 12),
  h: (m) => String(m.hour % 12 || 12),
  mm: (m) => two(m.minute),
  ss: (m) => two(m.second),
  a: (m) => (m.hour < 12 ? 'AM' : 'PM'),
};

/**
 * `date(text, format, order)` writes a date that was read as ISO, as `May 3, 2024`, `3 May 2024`, `3.5.2024`, or with slashes (month
 * first unless the order is `dmy`), with or without a time. Marks of a format: yyyy yy MMMM MMM MM M dd d EEEE EEE HH H hh h mm ss a.
 * What is no date gives empty text.
 */
export const dateFunctions: Readonly<Record<string, Fn>> = {
  date: (a, format, order) => {
    const moment = read(toText(a), toText(order));
    if (!moment) return '';
    return toText(format).replace(/yyyy|yy|M{1,4}|dd?|E{3,4}|HH?|hh?|mm|ss|a/g, (mark) => marks[mark]?.(moment) ?? mark);
  },
};
