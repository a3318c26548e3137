import type { Expr } from '@backlot/protocol';
import { functions, toText } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import type { PageModel } from '../pages/page-model.ts';
import { paramsOf } from '../pages/params.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';

/** How a page shows a part of a record's text: the parameter that names the section, and how far a section reaches. */
export interface Sections {
  readonly param: string;
  readonly reach: 'flat' | 'deep';
}

/** Sections must be seen so often, on so many of the occasions on which the parameter was given. */
const fewest = 2;
const mostly = 0.7;
/** What names a section is short, and one word. */
const isName = (text: string): boolean => /^[\p{L}\p{N}_.:-]{1,64}$/u.test(text);

interface Shown {
  readonly instance: Instance;
  readonly asked: Readonly<Record<string, string>>;
  readonly part: string;
  readonly wholes: readonly string[];
}

/** What a page shows of sections, and the occasions that tell it. */
export interface FoundSections {
  readonly sections: Sections;
  readonly shown: readonly Shown[];
}

type Place = { readonly page: PageModel; readonly nameAt: (view: View) => string };

/** First occasions on which a form shows a proper part of a text that is known of the record otherwise. */
function partsShown({ page, nameAt }: Place, source: Hole): readonly Shown[] {
  const wholes = new Map<string, Set<string>>();
  for (const [{ view }, value] of source.values) {
    if (view.posted === undefined) wholes.set(nameAt(view), (wholes.get(nameAt(view)) ?? new Set()).add(toText(value)));
  }
  const seen = new Set<string>();
  return [...source.values]
    .sort(([a], [b]) => a.view.index - b.view.index)
    .flatMap(([instance, value]): readonly Shown[] => {
      const { view } = instance;
      const load = `${view.session} ${view.load}`;
      const part = toText(value);
      const known = [...(wholes.get(nameAt(view)) ?? [])].filter((text) => text.length > part.length && text.includes(part.trimEnd()));
      if (seen.has(load) || part.trim() === '' || known.length === 0) return [];
      seen.add(load);
      return [{ instance, asked: paramsOf(page, view), part, wholes: known }];
    });
}

type Cut = 'section' | 'beforeSection' | 'afterSection';

const cut =
  (fn: Cut, { param, reach }: Sections, { asked }: Shown): ((text: string) => string) =>
  (text) =>
    toText(functions[fn]?.(text, asked[param] ?? '', reach) ?? '');

/** The texts of which the section that was asked for is what the form shows. */
const wholesOf = (shown: Shown, sections: Sections): readonly string[] =>
  shown.wholes.filter(
    (text) => (shown.asked[sections.param] ?? '') !== '' && cut('section', sections, shown)(text).trimEnd() === shown.part.trimEnd(),
  );

/** Finds what the page is asked for where it shows a section of a text to be edited; null where nothing tells it. */
export function sectionsOf(place: Place, source: Hole): FoundSections | null {
  const shown = partsShown(place, source);
  const names = [...new Set(shown.flatMap(({ asked }) => Object.keys(asked)))].sort();
  const found = names.flatMap((param) => {
    const mine = shown.filter(({ asked }) => (asked[param] ?? '') !== '');
    if (!mine.every(({ asked }) => isName(asked[param] as string))) return [];
    return (['flat', 'deep'] as const).flatMap((reach) => {
      const sections = { param, reach };
      const right = mine.filter((each) => wholesOf(each, sections).length > 0);
      return right.length >= fewest && right.length >= mostly * mine.length ? [{ sections, shown: right }] : [];
    });
  });
  return found.toSorted((x, y) => y.shown.length - x.shown.length)[0] ?? null;
}

const call = (fn: string, text: Expr, { param, reach }: Sections): Expr => ({ fn, args: [text, { param }, { lit: reach }] });
const isBlank = (param: string): Expr => ({ fn: 'isBlank', args: [{ param }] });

/** The section that is asked for, else the whole text. */
export const sectionOf = (text: Expr, sections: Sections): Expr => ({
  fn: 'if',
  args: [isBlank(sections.param), text, call('section', text, sections)],
});

/** Share of the occasions on which a field must hold what stands beside a section: a text may have been another by then. */
const mostlyBeside = 0.8;

/** What a field holds around what stands beside a section. */
interface Around {
  readonly before: string;
  readonly behind: string;
}

function aroundIn(value: string, beside: readonly string[]): Around | null {
  // The end of a text may be told with a line's end or without.
  const text = beside.flatMap((each) => [each, each.trimEnd()]).find((each) => each.trim() !== '' && value.includes(each));
  if (text === undefined) return null;
  const at = value.indexOf(text);
  const behind = value.slice(at + text.length);
  return { before: value.slice(0, at), behind: behind.trim() === '' ? '' : behind };
}

/** The marks around what stands beside a section in a field; null where the field holds something else. */
function marksAround(fn: Cut, values: Hole['values'], { sections, shown }: FoundSections): Around | null {
  const beside = shown.map((each) => wholesOf(each, sections).map(cut(fn, sections, each)));
  const said = beside.filter((texts) => texts.some((text) => text.trim() !== '')).length;
  const known = shown.flatMap(({ instance }, i) => {
    const found = aroundIn(toText(values.get(instance) ?? null).replaceAll('\r\n', '\n'), beside[i] ?? []);
    return found ? [JSON.stringify(found)] : [];
  });
  const usual = commonest(known);
  if (typeof usual !== 'string' || known.filter((each) => each === usual).length < mostlyBeside * said) return null;
  return JSON.parse(usual) as Around;
}

/** What a field that nobody sees holds besides a section: what stands before or behind it, with marks around it; null for any other. */
export function besideSection(
  hole: Hole,
  text: Expr,
  { found, page }: { readonly found: FoundSections; readonly page: PageModel },
): Expr | null {
  if (hole.kind !== 'attribute' || hole.name !== 'value') return null;
  const { param } = found.sections;
  const others = new Set(
    [...hole.values].flatMap(([{ view }, value]) => ((paramsOf(page, view)[param] ?? '') === '' ? [toText(value)] : [])),
  );
  const [fixed = ''] = others;
  for (const fn of others.size > 1 ? [] : (['beforeSection', 'afterSection'] as const)) {
    const marks = marksAround(fn, hole.values, found);
    if (marks === null) continue;
    const beside: Expr = { fn: 'concat', args: [{ lit: marks.before }, call(fn, text, found.sections), { lit: marks.behind }] };
    return { fn: 'if', args: [isBlank(param), { lit: fixed }, beside] };
  }
  return null;
}
