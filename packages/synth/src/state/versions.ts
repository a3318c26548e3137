import type { Expr } from '@backlot/protocol';
import { usualBy } from '../explain/commonest.ts';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';
import { saidBy } from '../pages/params.ts';

/** Texts that must follow from what else the address asks for. */
const fewestTexts = 2;
/** Share of pages on which they must. */
const nearly = 0.97;
/** By how much more than the name alone, or than what else is asked for alone. */
const told = 0.1;

/** Where a page's addresses name records. */
export interface Naming {
  readonly page: PageModel;
  /** The parameter that names them. */
  readonly param: string;
  /** The name that a view's address gives, empty where it names none. */
  readonly nameAt: (view: View) => string;
}

/** Share of occasions on which a hole shows the commonest of what it shows under the same key. */
function agreement(hole: Hole, keyOf: (view: View) => string): number {
  const { right } = usualBy([...hole.values].map(([{ view }, value]) => [keyOf(view), value]));
  return right / Math.max(1, hole.values.size);
}

const spell = (names: readonly string[], asked: Readonly<Record<string, string>>): string =>
  names.map((name) => ((asked[name] ?? '') === '' ? '' : `&${name}=${asked[name]}`)).join('');

/** What a view's address asks for of the record that it names. A form may send the same of the record as it is. */
export const versionAt = (names: readonly string[], page: PageModel, view: View): string =>
  names.length === 0 ? '' : spell(names, saidBy(page, view));

/**
 * Further parameters that choose which version of the record a page shows: the colour of an article, the revision of a text, a part
 * of a whole.
 * They are told by texts that follow from name and parameters together, and from neither alone.
 */
export function versionParams({ page, param, nameAt }: Naming): readonly string[] {
  const views = page.views.filter((view) => nameAt(view) !== '');
  const names = [...new Set(views.flatMap((view) => Object.keys(saidBy(page, view))))].filter((name) => name !== param).sort();
  if (names.length === 0) return [];
  const texts = page.holes
    .filter(({ kind, frame, live }) => kind === 'text' && !frame.list && !live)
    .map((hole): Hole => ({ ...hole, values: new Map([...hole.values].filter(([{ view }]) => nameAt(view) !== '')) }))
    .filter(({ values }) => new Set(values.values()).size > 2);
  const follows = (of: readonly string[]): readonly Hole[] =>
    texts.filter((hole) => agreement(hole, (view) => `${nameAt(view)}${versionAt(of, page, view)}`) >= nearly);
  const versions = follows(names).filter(
    (hole) => agreement(hole, nameAt) < 1 - told && agreement(hole, (view) => versionAt(names, page, view)) < 1 - told,
  );
  if (versions.length < fewestTexts) return [];
  return names.reduce((kept, name) => {
    const fewer = kept.filter((other) => other !== name);
    const still = new Set(follows(fewer));
    return versions.every((hole) => still.has(hole)) ? fewer : kept;
  }, names);
}

/** Share of a page's addresses that may ask for a version of a text, where most show it as it is. */
const rare = 0.3;
/** Share of those on which the text must be another. */
const other = 0.5;

/** Tells the views of a page whose addresses ask for nothing that others hardly ever ask for. */
export function plainViews(page: PageModel): (view: View) => boolean {
  const asked = page.views.map((view) => saidBy(page, view));
  const timesOf = (name: string): number => asked.filter((params) => (params[name] ?? '') !== '').length;
  const seldom = [...new Set(asked.flatMap(Object.keys))].filter((name) => timesOf(name) <= rare * asked.length);
  return (view) => {
    const params = saidBy(page, view);
    return seldom.every((name) => (params[name] ?? '') === '');
  };
}

/** True for the field of a page that holds the text of the record. */
export const isSource = ({ live, pattern }: Hole): boolean => live && pattern.kind === 'element' && pattern.tag === 'textarea';

/**
 * Further parameters by which few addresses ask for another version of the record's text: a former one, or one with what was looked for
 * set off.
 */
export function rareVersions({ page, param, nameAt }: Naming): readonly string[] {
  const views = page.views.filter((view) => nameAt(view) !== '');
  const names = [...new Set(views.flatMap((view) => Object.keys(saidBy(page, view))))].filter((name) => name !== param).sort();
  const texts = page.holes.filter((hole) => !hole.frame.list && (hole.kind === 'prose' || isSource(hole)));
  return names.filter((name) => {
    const isAsked = (view: View): boolean => (saidBy(page, view)[name] ?? '') !== '';
    if (views.filter(isAsked).length > rare * views.length) return false;
    return texts.some(({ values }) => {
      const seen = [...values].filter(([{ view }]) => nameAt(view) !== '' && view.posted === undefined);
      const { usual } = usualBy(seen.flatMap(([{ view }, value]) => (isAsked(view) ? [] : [[nameAt(view), value] as const])));
      const asked = seen.filter(([{ view }]) => isAsked(view) && usual.has(nameAt(view)));
      const differing = asked.filter(([{ view }, value]) => usual.get(nameAt(view)) !== value).length;
      return differing > 0 && differing >= other * asked.length;
    });
  });
}

/** The name of a record with what the address asks for of it, as it stands in the column that names it. */
export function versionName(record: Expr, names: readonly string[]): Expr {
  const parts = names.map((name): Expr => {
    const asked: Expr = { fn: 'concat', args: [{ lit: `&${name}=` }, { param: name }] };
    return { fn: 'if', args: [{ fn: 'isBlank', args: [{ param: name }] }, { lit: '' }, asked] };
  });
  return parts.length === 0 ? record : { fn: 'concat', args: [record, ...parts] };
}
