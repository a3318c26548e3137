import type { SelectorReader } from './selector-reader.ts';
import type { Condition, Test } from './selector.ts';
import { own } from '../own.ts';

/** HTML compares the values of these attributes without regard to case. */
const caseless = new Set(
  'accept align checked dir disabled hreflang http-equiv lang language media method multiple readonly rel rev scope selected shape target type valign'.split(
    ' ',
  ),
);

/** Reads an attribute selector behind its opening bracket; null where it is malformed. */
export function attributeCondition(reader: SelectorReader): Condition | null {
  reader.skipSpace();
  const name = reader.requiredName().toLowerCase();
  reader.skipSpace();
  if (reader.take(']')) return { test: (element) => Object.hasOwn(element.attrs, name), reads: [name] };
  const operator = ['=', '~=', '|=', '^=', '$=', '*='].find((sign) => reader.take(sign));
  if (operator === undefined) return null;
  reader.skipSpace();
  const quoted = /["']/.test(reader.text.charAt(reader.at));
  const value = quoted ? reader.string() : reader.name();
  reader.skipSpace();
  const flag = reader.name().toLowerCase();
  reader.skipSpace();
  if (!reader.take(']')) return null;
  return { test: valueTest(name, operator, { value, anyCase: flag === 'i' || (flag !== 's' && caseless.has(name)) }), reads: [name] };
}

function valueTest(name: string, operator: string, wanted: { value: string; anyCase: boolean }): Test {
  const fold = (text: string): string => (wanted.anyCase ? text.toLowerCase() : text);
  const value = fold(wanted.value);
  const compare = comparison(operator, value);
  return (element) => {
    const actual = own(element.attrs, name);
    return actual !== undefined && compare(fold(actual));
  };
}

function comparison(operator: string, value: string): (actual: string) => boolean {
  if (operator === '=') return (actual) => actual === value;
  if (operator === '|=') return (actual) => actual === value || actual.startsWith(`${value}-`);
  if (value === '') return () => false;
  if (operator === '~=') return (actual) => actual.split(/\s+/).includes(value);
  if (operator === '^=') return (actual) => actual.startsWith(value);
  if (operator === '$=') return (actual) => actual.endsWith(value);
  return (actual) => actual.includes(value);
}
