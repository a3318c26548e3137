import type { Part, PredictedSession } from '@backlot/fidelity';
import { placesOf } from '../../packages/fidelity/src/blame/parts.ts';
import type { Effect, Expr, Query, Rule, Template, World } from '@backlot/protocol';
import { currentPage } from '@backlot/world';

/** A world with one thing changed, and the parts that a report may point at for it. */
export interface Mutation {
  readonly what: string;
  readonly world: World;
  readonly parts: readonly Part[];
}

const not = (expr: Expr): Expr => ({ fn: 'not', args: [expr] });

/** Every single change of a rule that fired in these sessions, and of a query of a page that they show. */
export function mutationsOf(world: World, predicted: readonly PredictedSession[]): readonly Mutation[] {
  const steps = predicted.flatMap((each) => each.steps);
  const fired = new Set(steps.flatMap(({ rules }) => rules));
  const shown = new Set(steps.flatMap(({ states }) => currentPage(world, states.predicted).page?.id ?? []));
  return [
    ...world.rules.filter(({ id }) => fired.has(id)).flatMap((rule) => ruleMutations(world, rule)),
    ...world.pages.filter(({ id }) => shown.has(id)).flatMap(({ id }) => queryMutations(world, id)),
  ];
}

function ruleMutations(world: World, rule: Rule): readonly Mutation[] {
  // Rules of one event are told apart by their guards: a wrong guard of one lets another through.
  const trigger = JSON.stringify(rule.on);
  const together = world.rules.filter(({ on }) => JSON.stringify(on) === trigger);
  const parts = together.map(({ id }): Part => ({ kind: 'rule', rule: id }));
  const own: readonly Part[] = [{ kind: 'rule', rule: rule.id }];
  const change = (what: string, to: Partial<Rule>, at = own): Mutation => ({
    what: `${rule.id} ${what}`,
    parts: at,
    world: { ...world, rules: world.rules.map((each) => (each.id === rule.id ? { ...each, ...to } : each)) },
  });
  return [
    ...(rule.when === undefined ? [] : [change('guard turned round', { when: not(rule.when) }, parts)]),
    ...rule.do.map((_, i) => change(`effect ${i + 1} left out`, { do: rule.do.toSpliced(i, 1) })),
    ...rule.do.flatMap((effect, i) =>
      effectMutations(effect).map(([what, to]) => change(`effect ${i + 1} ${what}`, { do: rule.do.with(i, to) })),
    ),
    ...(rule.then === 'stay' || rule.then === 'default' ? [] : [change('leads nowhere', { then: 'stay' })]),
  ];
}

function effectMutations(effect: Effect): readonly (readonly [what: string, to: Effect])[] {
  if ('insert' in effect) {
    const [first] = Object.keys(effect.row);
    const swapped = { ...effect, at: effect.at === 'start' ? 'end' : 'start' } as const;
    const emptied =
      first === undefined ? [] : ([[`without ${first}`, { ...effect, row: { ...effect.row, [first]: { lit: null } } }]] as const);
    return [['at the other end', swapped], ...emptied];
  }
  if ('update' in effect) return [['on the other rows', { ...effect, where: not(effect.where) }]];
  if ('delete' in effect) return [['of the other rows', { ...effect, where: not(effect.where) }]];
  if ('set' in effect) return [['to nothing', { ...effect, to: { lit: null } }]];
  if ('if' in effect) return [['if not', { ...effect, if: not(effect.if) }]];
  return [];
}

function queryMutations(world: World, page: string): readonly Mutation[] {
  return (placesOf(world).get(page)?.lists ?? []).flatMap((anchor) =>
    changes.flatMap(([what, change]) => {
      let isChanged = false;
      const pages = world.pages.map((each) => {
        if (each.id !== page) return each;
        const template = mapLists(each.template, anchor, (query) => {
          const to = change(query);
          isChanged ||= to !== query;
          return to;
        });
        return { ...each, template };
      });
      return isChanged
        ? [{ what: `list ${page} ${anchor} ${what}`, world: { ...world, pages }, parts: [{ kind: 'list', page, anchor } as const] }]
        : [];
    }),
  );
}

const changes: readonly (readonly [what: string, change: (query: Query) => Query])[] = [
  ['filtered the other way', (query) => (query.where === undefined ? query : { ...query, where: not(query.where) })],
  [
    'in the other order',
    (query) => (query.order === undefined ? query : { ...query, order: query.order.map((key) => ({ ...key, desc: key.desc !== true })) }),
  ],
  ['without a limit', (query) => (query.limit === undefined ? query : { ...query, limit: { lit: 1000 } })],
  ['one further on', (query) => (query.offset === undefined ? { ...query, offset: { lit: 1 } } : query)],
];

function mapLists(at: Template, anchor: string, change: (query: Query) => Query): Template {
  const within = (kids: readonly Template[]): readonly Template[] => kids.map((kid) => mapLists(kid, anchor, change));
  if ('el' in at) return { ...at, kids: within(at.kids) };
  if ('when' in at) return { ...at, kids: within(at.kids), ...(at.else === undefined ? {} : { else: within(at.else) }) };
  if (!('each' in at)) return at;
  const isMeant = firstAnchor(at.kids) === anchor && 'from' in at.each;
  return { ...at, each: isMeant ? change(at.each as Query) : at.each, kids: within(at.kids) };
}

function firstAnchor(kids: readonly Template[]): string | null {
  for (const kid of kids) {
    if ('el' in kid) return kid.anchor;
    const inside = 'each' in kid ? kid.kids : 'when' in kid ? [...kid.kids, ...(kid.else ?? [])] : [];
    const anchor = firstAnchor(inside);
    if (anchor !== null) return anchor;
  }
  return null;
}
