/** Where a section of a text begins and ends. */
export interface Section {
  readonly start: number;
  readonly end: number;
}

/** `flat`: a section ends at the next heading. `deep`: at the next that is no deeper. */
export type SectionReach = 'flat' | 'deep';

interface SourceHeading {
  readonly at: number;
  readonly level: number;
  readonly slug: string;
}

/** A heading's line in the source of common markups: marks around or before it, or `h2.` before it. */
const headingLine = /^[ \t]*(?:(={1,6}|#{1,6})[ \t]*(.*?)[ \t]*[=#]*|h([1-6])\.[ \t]+(.*?))[ \t]*\r?$/gm;

const slugOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const headingsOf = (source: string): readonly SourceHeading[] =>
  [...source.matchAll(headingLine)].flatMap(({ index, 1: marks = '', 2: marked, 3: level, 4: numbered = '' }) => {
    const slug = slugOf(marked ?? numbered);
    return slug === '' ? [] : [{ at: index, level: Number(level ?? marks.length), slug }];
  });

/** The heading that an id names: by its words, with the number of the repetition behind it, or by its place among all. */
function namedBy(headings: readonly SourceHeading[], id: string): number {
  const wanted = slugOf(id);
  const plain = headings.findIndex(({ slug }) => slug === wanted);
  if (plain >= 0) return plain;
  if (/^\d+$/.test(id)) return Number(id) - 1;
  const [, words = '', times = '0'] = /^(.*?)(\d+)$/.exec(wanted) ?? [];
  const alike = headings.flatMap(({ slug }, i) => (slug === words ? [i] : []));
  return alike[Number(times)] ?? -1;
}

/** The section under the heading that an id names, its heading included; null where no heading is so called. */
export function sectionIn(source: string, id: string, reach: SectionReach): Section | null {
  const headings = headingsOf(source);
  const at = namedBy(headings, id);
  const heading = headings[at];
  if (heading === undefined) return null;
  const next = headings.slice(at + 1).find(({ level }) => reach === 'flat' || level <= heading.level);
  return { start: heading.at, end: next?.at ?? source.length };
}
