/** A test of two values: how it reads, and how it reads where it must not hold. */
const tests: Readonly<Record<string, readonly [string, string]>> = {
  eq: ['is', 'is not'],
  ne: ['is not', 'is'],
  lt: ['is less than', 'is at least'],
  le: ['is at most', 'is more than'],
  gt: ['is more than', 'is at most'],
  ge: ['is at least', 'is less than'],
  contains: ['contains', 'does not contain'],
  containsText: ['contains (in any case)', 'does not contain (in any case)'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
  containsWords: ['contains every word of', 'lacks a word of'],
  matchesWords: ['has every word of (and none with a minus before it)', 'does not match every word of'],
  hasItem: ['has the item', 'does not have the item'],
  hasItems: ['has every item of (and none with a minus before it)', 'does not match every item of'],
  hasItemPrefix: ['has an item that starts with', 'has no item that starts with'],
};

const between: Readonly<Record<string, string>> = { add: '+', sub: '−', mul: '×', div: '÷' };

/** What calls say: `$0` is the first argument, `$*` all of them; what stands in `[…]` only where the call has its argument. */
const phrases: Readonly<Record<string, string>> = {
  concat: '$* joined',
  trim: '$0 without outer blanks',
  collapse: '$0 with single blanks',
  lower: '$0 in lower case',
  upper: '$0 in upper case',
  len: 'the length of $0',
  plural: '$1 or $2 for $0',
  replace: '$0 with $1 replaced by $2',
  slice: 'part $1 to $2 of $0',
  split: '$0 split at $1',
  join: '$0 joined by $1',
  at: 'item $1 of $0',
  number: '$0 as a number',
  text: '$0 as text',
  encode: '$0 as part of an address',
  mark: '$0 as a mark (1 or 0)',
  plainText: '$0 as it reads without its marks',
  // The second argument is a whole grammar as JSON.
  richText: '$0 laid out by its grammar',
  // The second argument says what is added, as JSON.
  furnished: '$0 with ids[ and, if $2, tools behind its sections][, as the text of $3]',
  unfurnished: '$0 without what the application adds to it',
  contents: 'the contents of $0',
  listedHeadings: 'how many headings the contents of $0 list',
  section: 'the section $1 of $0',
  beforeSection: 'what stands before the section $1 of $0',
  afterSection: 'what stands behind the section $1 of $0',
  capitalise: '$0 with a capital first letter',
  title: '$0 with every word capitalised',
  firstLine: 'the first line of $0',
  excerpt: 'the first $1 characters of $0[, followed by $2][, uncut up to $3]',
  excerptWords: 'as many words of $0 as fit into $1 characters[, followed by $2]',
  firstWords: 'the first $1 words of $0[, followed by $2]',
  before: 'what stands before the first $1 in $0',
  beforeLast: 'what stands before the last $1 in $0',
  after: 'what stands after the first $1 in $0',
  afterLast: 'what stands after the last $1 in $0',
  between: 'what stands between $1 and $2 in $0',
  initials: 'the initials of $0',
  mask: '$0 with $1 for every character',
  pad: '$0 filled up in front with $2 to $1 characters',
  slug: '$0 in lower case with $1 between its words',
  slugBare: '$0 in lower case without punctuation, with $1 between its words',
  items: 'the items of $0[ (parted by $1)]',
  unique: '$0 without repetitions',
  sorted: '$0 in order',
  reversed: '$0 the other way round',
  lowerItems: 'the items of $0 in lower case',
  toggled: '$0 with $1 added, or taken out where it is there',
  joinEach: 'the items of $0, each followed by $1',
  maxOf: 'the largest of $0',
  flat: 'the items of every list in $0',
  sortedTexts: '$0 in order of their letters',
  byCount: 'the items of $0, the commonest first',
  firsts: 'the first part of each item of $0',
  countOf: 'how often $1 is among $0',
  lookup: 'what $0 says of $1',
  allButLast: '$0 without the last item',
  recent: '$0 with an item at its end that is nowhere else in it (at most $1 items)',
  fresh: 'a new name that is not among $0',
  sumOf: 'the sum of $0',
  mod: 'what is left of $0 divided by $1',
  min: 'the smaller of $0 and $1',
  max: 'the larger of $0 and $1',
  round: '$0 rounded[ to $1 decimals]',
  floor: '$0 rounded down',
  ceil: '$0 rounded up',
  amount: 'the number in $0',
  fixed: '$0 written with $1 decimals[ and $2 between thousands]',
  decode: '$0 read as part of an address',
  withQuery: '$0 with $1 set to $2 in its query',
  sortQuery: '$0 with its query in the order of the names',
  encodeQuery: '$0 as part of a query',
  decodeQuery: '$0 read as part of a query',
  withScheme: '$0, with $1 in front where it names no scheme',
  host: 'the host of $0',
  site: 'the site of $0',
  pathOf: 'the path of $0',
  queryOf: 'the query of $0',
  queryValue: '$1 in the query of $0',
  localAddress: '$0 without its scheme and host',
  complete: '$0 with its last word replaced by $1[ and then $2]',
  // The ways to suggest and the looks of suggestions are given as JSON.
  suggest: 'what of $0 is suggested for $1',
  suggestions: 'what of $0 is suggested for $1, as the page shows it',
  date: '$0 as a date, written $1',
  sortKey: '$0 (numbers, dates and ages by size)',
};

/** True for functions that stand between their arguments, so that a call within a call needs brackets. */
export const isInfix = (name: string): boolean => Object.hasOwn(tests, name) || Object.hasOwn(between, name);

/** A test in words, given the words of its arguments; undefined where the function is none. */
export function wordTest(name: string, args: readonly string[], holds: boolean): string | undefined {
  if (name === 'isBlank') return `${args[0] ?? 'nothing'} is ${holds ? '' : 'not '}blank`;
  if (!Object.hasOwn(tests, name)) return undefined;
  const [yes = '', no = ''] = tests[name] ?? [];
  return args.join(` ${holds ? yes : no} `);
}

/** A call in words, given the words of its arguments; a function without a phrase reads `name(arguments)`. */
export function wordCall(name: string, args: readonly string[]): string {
  if (Object.hasOwn(between, name)) return args.join(` ${between[name]} `);
  if (!Object.hasOwn(phrases, name)) return `${name}(${args.join(', ')})`;
  const phrase = (phrases[name] ?? '').replace(/\[([^\]]*\$(\d)[^\]]*)\]/g, (_all, part: string, i: string) =>
    args[Number(i)] === undefined ? '' : part,
  );
  return phrase.replace(/\$(\d|\*)/g, (_all, i: string) => (i === '*' ? args.join(', ') : (args[Number(i)] ?? 'the end')));
}
