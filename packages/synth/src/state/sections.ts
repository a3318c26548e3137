import type { Expr } from '@backlot/protocol';
import { functions, toText } from '@backlot/world';
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

/** The text of which the section that was asked for is what the form shows. */
const wholeOf = (shown: Shown, sections: Sections): string | undefined =>
  shown.wholes.find(
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
      const right = mine.filter((each) => wholeOf(each, sections) !== undefined);
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

/** The mark behind what stands beside a section in a field; null where the field holds something else. */
function markBehind(fn: Cut, values: Hole['values'], { sections, shown }: FoundSections): string | null {
  const read = shown.map((each) => ({
    beside: cut(fn, sections, each)(wholeOf(each, sections) ?? ''),
    value: toText(values.get(each.instance) ?? null).replaceAll('\r\n', '\n'),
  }));
  const marks = new Set(read.map(({ beside, value }) => (value.startsWith(beside) ? value.slice(beside.length) : null)));
  const [mark = null] = marks;
  return marks.size === 1 && read.some(({ beside }) => beside !== '') ? mark : null;
}

/** What a field that nobody sees holds besides a section: what stands before or behind it, with a fixed mark; null for any other. */
export function besideSection(hole: Hole, text: Expr, found: FoundSections): Expr | null {
  if (hole.kind !== 'attribute' || hole.name !== 'value') return null;
  const loadOf = ({ session, load }: View): string => `${session} ${load}`;
  const there = new Set(found.shown.map(({ instance }) => loadOf(instance.view)));
  const others = new Set([...hole.values].filter(([{ view }]) => !there.has(loadOf(view))).map(([, value]) => toText(value)));
  const [fixed = ''] = others;
  for (const fn of others.size > 1 ? [] : (['beforeSection', 'afterSection'] as const)) {
    const mark = markBehind(fn, hole.values, found);
    if (mark === null) continue;
    const beside: Expr = { fn: 'concat', args: [call(fn, text, found.sections), { lit: mark }] };
    return { fn: 'if', args: [isBlank(found.sections.param), { lit: fixed }, beside] };
  }
  return null;
}
