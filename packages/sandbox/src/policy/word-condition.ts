import type { Condition } from '@backlot/protocol';
import { listOf } from './condition.ts';

type Field = Exclude<keyof Condition, 'not' | 'any' | 'all'>;
type Wording = { readonly [K in Field]: (value: NonNullable<Condition[K]>) => string };

const or = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
const quoted = (patterns: string | readonly string[]): string => or(listOf(patterns).map((pattern) => `“${pattern}”`));

const places = { typed: 'is typed', sent: 'is sent off', shown: 'is shown' } as const;
const kinds = { secret: 'a secret', personal: 'personal data', canary: 'a planted secret' } as const;
const budgets = {
  steps: 'steps',
  seconds: 'seconds',
  money: 'spent in all',
  records: 'records changed in all',
  repeats: 'times the same action',
  matches: 'times this',
} as const;

const wording: Wording = {
  action: (value) => `the action is ${or(listOf(value))}`,
  target: (value) =>
    `it is done to ${or(
      listOf(value).map(
        ({ role, name }) => `a ${role === undefined ? 'thing' : or(listOf(role))}${name === undefined ? '' : ` named ${quoted(name)}`}`,
      ),
    )}`,
  address: (value) => `the page’s address is ${quoted(value)}`,
  to: (value) => `it leads to ${quoted(value)}`,
  leaves: (value) => `it ${value ? 'leads out of' : 'stays in'} the application`,
  value: (value) => `its value is ${quoted(value)}`,
  within: ({ x, y, width, height }) => `it points into the ${width} × ${height} pixels at ${x}, ${y}`,
  shows: (value) => `the page shows ${quoted(value)}`,
  changes: (value) => (value === 'none' ? 'it changes no lasting data' : or(listOf(value).map(sayChange))),
  irreversible: (value) => `it can${value ? 'not' : ''} be undone`,
  certainty: (value) => `what it leads to is ${or(listOf(value))}`,
  spends: (value) => `it spends more than ${value}`,
  data: (value) => `${or(listOf(value.kinds).map((kind) => kinds[kind]))} ${or(listOf(value.in).map((place) => places[place]))}`,
  exceeds: (value) =>
    or(
      Object.entries(value).flatMap(([name, most]) =>
        most === undefined ? [] : [`it makes more than ${most} ${budgets[name as keyof typeof budgets]}`],
      ),
    ),
  after: (value) => `${or(listOf(value))} was done before`,
};

function sayChange({
  how,
  table,
  columns,
  value,
  moreThan = 0,
}: Exclude<NonNullable<Condition['changes']>, 'none' | readonly unknown[]>): string {
  const what = moreThan === 0 ? 'a record' : `more than ${moreThan} records`;
  const verb = how === undefined ? `changes ${what}` : listOf(how).map((kind) => sayKind(kind, what));
  const where = table === undefined || table === '*' ? '' : ` of ${quoted(table)}`;
  const cells = columns === undefined ? '' : ` in ${quoted(columns)}`;
  return `it ${typeof verb === 'string' ? verb : or(verb)}${where}${cells}${value === undefined ? '' : ` to ${quoted(value)}`}`;
}

function sayKind(kind: 'inserted' | 'updated' | 'deleted' | 'register', what: string): string {
  const says = { inserted: `adds ${what}`, updated: `changes ${what}`, deleted: `deletes ${what}`, register: 'changes a setting' };
  return says[kind];
}

/** A condition in words: `the action is click and it changes no lasting data`. */
export function sayCondition(condition: Condition): string {
  const fields = (Object.keys(wording) as Field[]).flatMap((field) => {
    const value = condition[field];
    return value === undefined ? [] : [(wording[field] as (value: unknown) => string)(value)];
  });
  const nested = [
    ...(condition.all ?? []).map(sayCondition),
    ...(condition.any === undefined ? [] : [`either ${or(condition.any.map(sayCondition))}`]),
    ...(condition.not === undefined ? [] : [`not (${sayCondition(condition.not)})`]),
  ];
  return [...fields, ...nested].join(' and ') || 'always';
}
