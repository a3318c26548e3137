/** What no clone can know: moments, spans of time, long hexadecimal marks. Replaced in this order. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}, \d{4}( at)?( \d{1,2}:\d\d(:\d\d)?)?( ?[AP]M)?( UTC)?/g, '<time>'],
  [
    /\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}( at)?( \d{1,2}:\d\d(:\d\d)?)?( ?[AP]M)?( UTC)?/g,
    '<time>',
  ],
  [/\b\d{4}[-/]\d\d[-/]\d\d([T ]\d\d:\d\d(:\d\d)?)?\b/g, '<time>'],
  [/\b\d{1,2}\/\d{1,2}\/\d{2,4}( \d{1,2}:\d\d( ?[AP]M)?)?\b/g, '<time>'],
  [/\b\d{1,2}:\d\d(:\d\d)?( ?[AP]M)?( UTC)?\b/g, '<time>'],
  [
    /\b(less than a minute|half a minute|about a minute|((about|over|almost) )?\d+ (second|minute|hour|day|week|month|year)s?)( ago)?\b/g,
    '<time>',
  ],
  [/\b[0-9a-f]{16,}\b/g, '<hex>'],
];

/**
 * The lines of an accessibility snapshot that two runs of one application have in common: addresses (`- /url:`) are left out,
 * moments and long hexadecimal marks are masked, and so is which element has the focus.
 */
export function normaliseAria(aria: string): string[] {
  return aria
    .split('\n')
    .filter((line) => !/^\s*- \/url:/.test(line))
    .map(normaliseLine)
    .filter((line) => line !== '');
}

function normaliseLine(line: string): string {
  const masked = masks.reduce((text, [what, by]) => text.replace(what, by), line);
  return masked
    .replace(/ \[active\]/g, '')
    .replace(/:$/, '')
    .trimEnd();
}

/** True where both pages have the same lines in the same order. */
export function isSamePage(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
