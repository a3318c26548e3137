import { functions } from '@backlot/world';
import type { Term } from './term.ts';
import { call, parameter, textAt } from './term.ts';

const days = [
  'yyyy-MM-dd',
  'MMM d, yyyy',
  'MMMM d, yyyy',
  'd MMM yyyy',
  'd MMMM yyyy',
  'MM/dd/yyyy',
  'M/d/yyyy',
  'dd/MM/yyyy',
  'd/M/yyyy',
  'dd.MM.yyyy',
  'd.M.yyyy',
  'yyyy/MM/dd',
  'dd MMM yyyy',
  'MMM dd, yyyy',
  'EEE, MMM d, yyyy',
  'EEEE, MMMM d, yyyy',
  'EEE, d MMM yyyy',
  'MMM d',
  'd MMM',
  'MMMM yyyy',
  'MMM yyyy',
  'MM/yyyy',
  'M/d/yy',
  'yyyyMMdd',
];
const times = ['HH:mm', 'HH:mm:ss', 'h:mm a', 'hh:mm a'];
const parts = ['yyyy', 'MMMM', 'MMM', 'MM', 'M', 'dd', 'd', 'EEEE', 'EEE'];

const read = (text: string, order: string): boolean => functions['date']?.(text, 'yyyy', order) !== '';

/** Parts and forms of inputs that are dates. */
export function dateForms(input: Term, rows: readonly number[]): readonly Term[] {
  const texts = rows.map((row) => textAt(input, row)).filter((text) => text !== '');
  if (texts.length === 0 || !texts.every((text) => text.length < 40 && /\d/.test(text))) return [];
  const orders = ['', 'dmy'].filter((order) => texts.every((text) => read(text, order)));
  const used = texts.every((text) => /^\s*\d{1,2}[/-]/.test(text)) ? orders : orders.slice(0, 1);
  const formats = [...parts, ...days, ...(texts.some((text) => text.includes(':')) ? times : [])];
  return used.flatMap((order) =>
    formats.map((format) =>
      call(
        'date',
        [input, parameter(''), ...(order === '' ? [] : [parameter(order)])].map((arg, i) =>
          i === 1 ? { ...parameter(format), cost: 4, form: 4 } : arg,
        ),
      ),
    ),
  );
}
